package io.afterimage.stream;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.frame.FrameRateLimit;
import io.afterimage.frame.FrameRejectedException;
import io.afterimage.stream.metric.FrameMetrics;
import io.afterimage.stream.option.EmbeddingsOptions;
import io.afterimage.stream.option.FrameOptions;
import io.afterimage.stream.record.LocatedFrame;
import io.afterimage.stream.record.Received;
import io.afterimage.stream.record.Rejection;
import io.afterimage.stream.record.Types;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Decodes frames, but passes over those that a camera sends beyond its rate; what is none goes to
 * the side output {@link #REJECTED}, each record once. Frames that shall be embedded go to {@link
 * #LOCATED} besides.
 *
 * <p>What is known of the cameras' rates is small, and goes to every subtask when the job is
 * restored: a partition's cameras may have come to any of them.
 */
final class Decode extends ProcessFunction<Received, Frame> implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  static final OutputTag<Rejection> REJECTED = new OutputTag<>("rejected", Types.REJECTION);

  static final OutputTag<LocatedFrame> LOCATED = new OutputTag<>("located", Types.LOCATED_FRAME);

  private static final String RATES_STATE = "rates";

  private final Configuration options;
  private final boolean embedded;
  private transient @Nullable FrameRateLimit limit;
  private transient ListState<byte[]> rates;
  private transient @Nullable FrameDecoder decoder;
  private transient FrameMetrics metrics;

  Decode(Configuration options) {
    this.options = options;
    embedded = options.get(EmbeddingsOptions.ENABLED);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    double rate = options.get(FrameOptions.MAX_RATE);
    limit = rate == 0 ? null : new FrameRateLimit(rate);
    rates =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    RATES_STATE, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    for (byte[] written : rates.get()) {
      if (limit != null) {
        limit.read(new DataInputStream(new ByteArrayInputStream(written)));
      }
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    rates.clear();
    if (limit != null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      limit.write(new DataOutputStream(bytes));
      rates.add(bytes.toByteArray());
    }
  }

  @Override
  public void open(OpenContext context) {
    metrics = new FrameMetrics(getRuntimeContext().getMetricGroup());
    decoder = new FrameDecoder(FrameOptions.settings(options));
  }

  @Override
  public void processElement(Received received, Context context, Collector<Frame> out) {
    if (received.rejection() != null) {
      reject(received.rejection(), context);
      return;
    }
    EncodedFrame encoded = received.frame();
    if (limit != null && !limit.accept(encoded.camera(), encoded.captureTimeMillis())) {
      metrics.limitRate();
      return;
    }
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
