package io.afterimage.frame;

import org.jspecify.annotations.Nullable;

/**
 * Limits the rate of frames per camera (frames/s of capture time). A camera that exceeds its rate
 * takes no capacity from the others.
 *
 * <p>Each camera has a token bucket with the capacity of one second. Each frame takes a token, and
 * tokens are refilled as the camera's newest capture time advances. A camera within its rate never
 * loses a frame, even if its frames arrive jittered or out of order. The frames that pass depend
 * only on the camera's own frames and their order.
 *
 * <pre>{@code
 * RateBucket bucket = limit.fill(before, frame.captureTimeMillis());
 * if (bucket.holdsOne()) {
 *   use(frame);
 *   bucket = bucket.withoutOne();
 * }
 * }</pre>
 */
public final class FrameRateLimit {
  /** A frame this far behind the newest means that the camera's clock was set back (ms). */
  private static final long SET_BACK_MILLIS = 10_000;

  private final double framesPerSecond;
  private final double capacity;

  /**
   * @param framesPerSecond maximum rate of a camera (frames/s), above 0
   */
  public FrameRateLimit(double framesPerSecond) {
    if (!(framesPerSecond > 0)) {
      throw new IllegalArgumentException("framesPerSecond must be > 0, but was " + framesPerSecond);
    }
    this.framesPerSecond = framesPerSecond;
    capacity = Math.max(1, framesPerSecond);
  }

  /**
   * The camera's bucket when a frame of it arrives.
   *
   * @param before the bucket after the previous frame; null for the first frame
   */
  public RateBucket fill(@Nullable RateBucket before, long captureTimeMillis) {
    if (before == null) {
      return new RateBucket(captureTimeMillis, capacity);
    }
    long aheadMillis = captureTimeMillis - before.newestMillis();
    if (aheadMillis > 0) {
      double frames = before.frames() + framesPerSecond * aheadMillis / 1000;
      return new RateBucket(captureTimeMillis, Math.min(capacity, frames));
    }
    return aheadMillis < -SET_BACK_MILLIS
        ? new RateBucket(captureTimeMillis, before.frames())
        : before;
  }
}
