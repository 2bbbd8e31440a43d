package io.afterimage.stream;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.frame.FrameRejectedException;
import io.afterimage.stream.record.Received;
import io.afterimage.stream.record.Rejection;
import io.afterimage.stream.record.Types;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Decodes frames; what is none goes to the side output {@link #REJECTED}, each record once. */
final class Decode extends ProcessFunction<Received, Frame> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<Rejection> REJECTED = new OutputTag<>("rejected", Types.REJECTION);

  private final Configuration options;
  private transient @Nullable FrameDecoder decoder;
  private transient FrameMetrics metrics;

  Decode(Configuration options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    metrics = new FrameMetrics(getRuntimeContext().getMetricGroup());
    decoder = new FrameDecoder(AfterimageSettings.decoder(options));
  }

  @Override
  public void processElement(Received received, Context context, Collector<Frame> out) {
    if (received.rejection() != null) {
      reject(received.rejection(), context);
      return;
    }
    EncodedFrame encoded = received.frame();
    try {
      out.collect(decoder.decode(encoded));
      metrics.accept();
    } catch (FrameRejectedException e) {
      reject(rejection(encoded, e), context);
    }
  }

  private void reject(Rejection rejection, Context context) {
    metrics.reject(rejection.reason());
    context.output(REJECTED, rejection);
  }

  private static Rejection rejection(EncodedFrame frame, FrameRejectedException e) {
    return new Rejection(
        frame.camera().getBytes(StandardCharsets.UTF_8),
        frame.image(),
        frame.partition(),
        frame.offset(),
        frame.captureTimeMillis(),
        e.reason(),
        String.valueOf(e.getMessage()));
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
  }
}
