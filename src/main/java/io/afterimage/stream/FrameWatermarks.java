package io.afterimage.stream;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.stream.record.Received;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time of the frames: capture time, with bounded disorder, and partitions without frames
 * marked idle.
 *
 * <p>A rejected record advances no watermark and does not keep its partition active. A watermark is
 * emitted after each frame rather than periodically, which makes its position among the frames
 * depend only on the frames.
 */
final class FrameWatermarks implements WatermarkGenerator<Received> {
  private final WatermarkGenerator<Received> frames;

  private FrameWatermarks(WatermarkGenerator<Received> frames) {
    this.frames = frames;
  }

  /**
   * @param disorder how far a frame may be behind the newest of its partition
   * @param idleTimeout time without frames after which a partition is idle
   */
  static WatermarkStrategy<Received> strategy(Duration disorder, Duration idleTimeout) {
    WatermarkStrategy<Received> frames =
        WatermarkStrategy.<Received>forGenerator(context -> new AfterEachFrame(disorder))
            .withIdleness(idleTimeout);
    return WatermarkStrategy.<Received>forGenerator(
            context -> new FrameWatermarks(frames.createWatermarkGenerator(context)))
        .withTimestampAssigner((received, timestamp) -> captureTime(received, timestamp));
  }

  private static long captureTime(Received received, long otherwise) {
    EncodedFrame frame = received.frame();
    return frame == null ? otherwise : frame.captureTimeMillis();
  }

  @Override
  public void onEvent(Received received, long timestamp, WatermarkOutput output) {
    if (received.frame() != null) {
      frames.onEvent(received, timestamp, output);
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    frames.onPeriodicEmit(output);
  }

  private static final class AfterEachFrame implements WatermarkGenerator<Received> {
    private final long disorderMillis;
    private long newestMillis = Long.MIN_VALUE;

    private AfterEachFrame(Duration disorder) {
      this.disorderMillis = disorder.toMillis();
    }

    @Override
    public void onEvent(Received received, long timestamp, WatermarkOutput output) {
      if (timestamp > newestMillis) {
        newestMillis = timestamp;
        output.emitWatermark(new Watermark(timestamp - disorderMillis - 1));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
