package io.afterimage.stream;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.frame.FrameRateLimit;
import io.afterimage.frame.FrameRejectedException;
import io.afterimage.frame.RateBucket;
import io.afterimage.stream.metric.FrameMetrics;
import io.afterimage.stream.option.EmbeddingsOptions;
import io.afterimage.stream.option.FrameOptions;
import io.afterimage.stream.option.PairingOptions;
import io.afterimage.stream.record.LocatedFrame;
import io.afterimage.stream.record.Received;
import io.afterimage.stream.record.Rejection;
import io.afterimage.stream.record.Types;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Decodes frames, and drops those above their camera's rate limit. Rejected records go to the side
 * output {@link #REJECTED}, each once. Frames to embed also go to the side output {@link #LOCATED}.
 *
 * <p>The operator is keyed by camera: the state of a camera's rate limit is restored with the
 * camera, and dropped when the camera has vanished. Keying also distributes the decoding over all
 * subtasks, even if the topic has few partitions.
 */
final class Decode extends KeyedProcessFunction<String, Received, Frame> {
  private static final long serialVersionUID = 2L;

  static final OutputTag<Rejection> REJECTED = new OutputTag<>("rejected", Types.REJECTION);

  static final OutputTag<LocatedFrame> LOCATED = new OutputTag<>("located", Types.LOCATED_FRAME);

  private static final String RATE_STATE = "rate";

  private final Configuration options;
  private final boolean embedded;
  private transient @Nullable FrameRateLimit limit; // null without a limit
  private transient ValueState<RateBucket> rate;
  private transient CameraExpiry expiry;
  private transient @Nullable FrameDecoder decoder;
  private transient FrameMetrics metrics;

  Decode(Configuration options) {
    this.options = options;
    embedded = options.get(EmbeddingsOptions.ENABLED);
  }

  @Override
  public void open(OpenContext context) {
    double most = options.get(FrameOptions.MAX_RATE);
    limit = most == 0 ? null : new FrameRateLimit(most);
    rate = getRuntimeContext().getState(new ValueStateDescriptor<>(RATE_STATE, Types.RATE_BUCKET));
    expiry =
        new CameraExpiry(
            getRuntimeContext().getState(CameraExpiry.STATE), options.get(PairingOptions.EXPIRY));
    metrics = new FrameMetrics(getRuntimeContext().getMetricGroup());
    decoder = new FrameDecoder(FrameOptions.settings(options));
  }

  @Override
  public void processElement(Received received, Context context, Collector<Frame> out)
      throws IOException {
    if (received.rejection() != null) {
      reject(received.rejection(), context);
      return;
    }
    EncodedFrame encoded = received.frame();
    if (limit != null && !isWithin(limit, encoded.captureTimeMillis(), context.timerService())) {
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

  private boolean isWithin(FrameRateLimit limit, long captureTimeMillis, TimerService timers)
      throws IOException {
    RateBucket bucket = limit.fill(rate.value(), captureTimeMillis);
    boolean within = bucket.holdsOne();
    rate.update(within ? bucket.withoutOne() : bucket);
    expiry.heard(captureTimeMillis, timers.currentWatermark(), timers::registerEventTimeTimer);
    return within;
  }

  /**
   * The state can be dropped, since a bucket is full again long before its camera counts as
   * vanished.
   */
  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Frame> out) throws IOException {
    if (expiry.isOver(time, context.timerService()::registerEventTimeTimer)) {
      rate.clear();
      expiry.clear();
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
