package io.afterimage.frame;

/**
 * The token bucket of one camera, as {@link FrameRateLimit} fills it.
 *
 * @param newestMillis the camera's newest capture time (milliseconds since 1970, UTC)
 * @param frames tokens left: frames that may pass at once
 */
public record RateBucket(long newestMillis, double frames) {
  /** Whether a token is left for a frame. */
  public boolean holdsOne() {
    return frames >= 1;
  }

  /** The bucket after a frame has passed. */
  public RateBucket withoutOne() {
    return new RateBucket(newestMillis, frames - 1);
  }
}
