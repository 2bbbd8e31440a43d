package io.afterimage.stream;

import io.afterimage.stream.record.Types;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * When a camera counts as vanished: event time has moved on by the expiry since its last frame.
 *
 * <p>A camera has at most one timer. It is not moved with every frame: when it fires, it looks
 * whether the camera was heard of since, and if so waits on. It counts from the watermark where
 * that is ahead of the camera's clock, so that a camera whose clock is behind the others' stays
 * known.
 */
final class CameraExpiry {
  static final ValueStateDescriptor<Long> STATE = new ValueStateDescriptor<>("expiry", Types.TIME);

  private final ValueState<Long> state; // of the current camera
  private final long expiryMillis;

  /**
   * @param state made from {@link #STATE}
   */
  CameraExpiry(ValueState<Long> state, Duration expiry) {
    this.state = state;
    expiryMillis = expiry.toMillis();
  }

  /**
   * Takes note of a frame of the current camera.
   *
   * @param timer sets a timer of event time
   */
  void heard(long captureTimeMillis, long watermark, LongConsumer timer) throws IOException {
    Long known = state.value();
    long expiry = Math.max(captureTimeMillis, watermark) + expiryMillis;
    if (known == null) {
      timer.accept(expiry);
    }
    if (known == null || expiry > known) {
      state.update(expiry);
    }
  }

  /**
   * Whether the current camera has vanished; sets the next timer otherwise.
   *
   * @param time of the timer that has fired
   */
  boolean isOver(long time, LongConsumer timer) throws IOException {
    long expiry = state.value();
    if (expiry > time) {
      timer.accept(expiry);
      return false;
    }
    return true;
  }

  void clear() {
    state.clear();
  }
}
