package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.RejectionReason;
import io.afterimage.stream.record.Received;
import io.afterimage.stream.record.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class FrameWatermarksTest {
  private final ManualClock clock = new ManualClock();
  private final Context context = new Context(clock);
  private final WatermarkStrategy<Received> strategy =
      FrameWatermarks.strategy(Duration.ofMillis(100), Duration.ofSeconds(10));
  private final WatermarkGenerator<Received> generator = strategy.createWatermarkGenerator(context);
  private final Output output = new Output();

  @Test
  void onEvent_followsEachNewestFrameAtOnce() {
    receive(frame(1000));
    receive(frame(950));
    receive(frame(1500));

    assertThat(output.events).containsExactly("899", "1399");
  }

  @Test
  void onEvent_aRejectedRecord_movesNothing() {
    receive(rejected(Long.MAX_VALUE));
    receive(frame(1000));
    receive(rejected(5000));

    assertThat(output.events).containsExactly("899");
  }

  @Test
  void onPeriodicEmit_withRejectedRecordsOnly_isIdle() {
    receive(frame(1000));
    generator.onPeriodicEmit(output);
    for (int second = 0; second < 12; second++) {
      clock.advanceTime(Duration.ofSeconds(1));
      receive(rejected(1000));
      generator.onPeriodicEmit(output);
    }

    assertThat(output.events).startsWith("899", "idle");
    receive(frame(2000));
    assertThat(output.events).endsWith("1899");
  }

  private void receive(Received received) {
    TimestampAssigner<Received> assigner = strategy.createTimestampAssigner(context);
    long recordTimestamp = received.frame() == null ? received.rejection().timestampMillis() : 0;
    generator.onEvent(received, assigner.extractTimestamp(received, recordTimestamp), output);
  }

  private static Received frame(long captureTimeMillis) {
    return Received.frame(new EncodedFrame("a", captureTimeMillis, new byte[1], 0, 0));
  }

  private static Received rejected(long timestamp) {
    return Received.rejected(
        new Rejection(null, null, 0, 0, timestamp, RejectionReason.EMPTY, "no value"));
  }

  private static final class Output implements WatermarkOutput {
    final List<String> events = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      events.add(Long.toString(watermark.getTimestamp()));
    }

    @Override
    public void markIdle() {
      events.add("idle");
    }

    @Override
    public void markActive() {
      events.add("active");
    }
  }

  private record Context(RelativeClock clock)
      implements WatermarkGeneratorSupplier.Context,
          org.apache.flink.api.common.eventtime.TimestampAssignerSupplier.Context {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public RelativeClock getInputActivityClock() {
      return clock;
    }
  }
}
