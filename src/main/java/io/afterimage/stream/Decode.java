package io.afterimage.stream;

import static io.afterimage.stream.AfterimageOptions.EMBEDDINGS_ENABLED;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.frame.FrameRejectedException;
import io.afterimage.stream.record.LocatedFrame;
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

/**
 * Decodes frames; what is none goes to the side output {@link #REJECTED}, each record once. Frames
 * that shall be embedded go to {@link #LOCATED} besides.
 */
final class Decode extends ProcessFunction<Received, Frame> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<Rejection> REJECTED = new OutputTag<>("rejected", Types.REJECTION);

  static final OutputTag<LocatedFrame> LOCATED = new OutputTag<>("located", Types.LOCATED_FRAME);

  private final Configuration options;
  private final boolean embedded;
  private transient @Nullable FrameDecoder decoder;
  private transient FrameMetrics metrics;

  Decode(Configuration options) {
    this.options = options;
    embedded = options.get(EMBEDDINGS_ENABLED);
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
      Frame frame = decoder.decode(encoded);
      metrics.accept();
      out.collect(frame);
      if (embedded) {
        context.output(LOCATED, new LocatedFrame(frame, encoded.partition(), encoded.offset()));
      }
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
