package io.afterimage.frame;

import org.jspecify.annotations.Nullable;

/**
 * Lets through at most so many frames a second of each camera, by capture time, so that a camera
 * that sends too much takes nothing from the others.
 *
 * <p>A token bucket for each camera: it holds the frames of one second, each frame takes one, and
 * they come back as the camera's newest capture time moves on. So a camera within its rate is never
 * cut, however its frames jitter or swap places. Which frames come through is a function of the
 * camera's frames in their order.
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
  /** A frame so far behind the newest is the first after the clock was set back (ms). */
  private static final long SET_BACK_MILLIS = 10_000;

  private final double framesPerSecond;
  private final double capacity;

  /**
   * @param framesPerSecond most frames of a camera (1/s), above 0
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
   * @param before what the frame before left; null for the first frame
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
