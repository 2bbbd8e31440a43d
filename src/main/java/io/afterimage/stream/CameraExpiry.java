package io.afterimage.stream;

import io.afterimage.stream.record.Types;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * Decides when a camera has vanished: event time has advanced by the expiry since its last frame.
 *
 * <p>A camera has at most one timer, which is not moved with every frame. When it fires, it checks
 * whether a frame has arrived since, and if so is set again. The expiry counts from the watermark
 * if that is ahead of the camera's clock, which prevents the expiry of a camera whose clock is
 * behind the others'.
 */
final class CameraExpiry {
  static final ValueStateDescriptor<Long> STATE = new ValueStateDescriptor<>("expiry", Types.TIME);

  private final ValueState<Long> state; // of the current camera
  private final long expiryMillis;

  /**
   * @param state created from {@link #STATE}
   */
  CameraExpiry(ValueState<Long> state, Duration expiry) {
    this.state = state;
    expiryMillis = expiry.toMillis();
  }

  /**
   * Records a frame of the current camera.
   *
   * @param timer sets an event-time timer
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
   * Whether the current camera has vanished; otherwise sets the next timer.
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
