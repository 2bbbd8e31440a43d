package io.afterimage.stream;

import io.afterimage.stream.metric.EmbedMetrics;
import io.afterimage.stream.option.EmbeddingsOptions;
import io.afterimage.stream.option.PairingOptions;
import io.afterimage.stream.record.LocatedFrame;
import io.afterimage.stream.record.Types;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Samples the frames to embed: of each camera, a frame passes if its capture time differs from that
 * of the last frame passed by at least an interval, in either direction, since a camera's clock may
 * be set back.
 */
final class Sample extends KeyedProcessFunction<String, LocatedFrame, LocatedFrame> {
  private static final long serialVersionUID = 1L;

  private static final String LAST_STATE = "last";

  private final Configuration options;
  private transient long intervalMillis; // 0 lets every frame through
  private transient ValueState<Long> last;
  private transient Counter rateLimited;

  Sample(Configuration options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    double rate = options.get(EmbeddingsOptions.MAX_RATE);
    intervalMillis = rate == 0 ? 0 : Math.round(1000 / rate);
    ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>(LAST_STATE, Types.TIME);
    Duration expiry = options.get(PairingOptions.EXPIRY);
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(expiry.plusMillis(intervalMillis)).build());
    last = getRuntimeContext().getState(descriptor);
    rateLimited = EmbedMetrics.rateLimited(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(LocatedFrame frame, Context context, Collector<LocatedFrame> out)
      throws Exception {
    if (intervalMillis > 0) {
      long time = frame.frame().captureTimeMillis();
      Long before = last.value();
      if (before != null && Math.abs(time - before) < intervalMillis) {
        rateLimited.inc();
        return;
      }
      last.update(time);
    }
    out.collect(frame);
  }
}
