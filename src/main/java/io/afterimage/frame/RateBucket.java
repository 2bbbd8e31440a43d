package io.afterimage.frame;

/**
 * The token bucket of one camera, as {@link FrameRateLimit} fills it.
 *
 * @param newestMillis the camera's newest capture time (milliseconds since 1970, UTC)
 * @param frames that may come at once
 */
public record RateBucket(long newestMillis, double frames) {
  /** Whether a frame is within the rate. */
  public boolean holdsOne() {
    return frames >= 1;
  }

  /** The bucket after a frame was let through. */
  public RateBucket withoutOne() {
    return new RateBucket(newestMillis, frames - 1);
  }
}
