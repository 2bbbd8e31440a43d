package io.afterimage.gateway;

/**
 * Picks pictures at a steady rate from a faster stream, on a grid of equal intervals. The mean rate
 * is kept even if the stream's own rate is not a multiple of it.
 */
final class FrameSampler {
  /** A picture early by this much is on the grid, since clocks count whole milliseconds. */
  private static final long TOLERANCE_MICROS = 1_000;

  private final double intervalMicros;
  private double dueMicros = Double.NEGATIVE_INFINITY;

  /**
   * @param fps pictures to take (1/s); of a slower stream every picture is taken
   */
  FrameSampler(double fps) {
    if (!(fps > 0) || Double.isInfinite(fps)) {
      throw new IllegalArgumentException("fps must be > 0, but was " + fps);
    }
    this.intervalMicros = 1e6 / fps;
  }

  /**
   * Whether to take the picture with this time.
   *
   * @param timeMicros the picture's time (microseconds), not before the last one's
   */
  boolean takes(long timeMicros) {
    if (timeMicros + TOLERANCE_MICROS < dueMicros) {
      return false;
    }
    dueMicros += intervalMicros;
    if (dueMicros <= timeMicros) {
      dueMicros = timeMicros + intervalMicros;
    }
    return true;
  }
}
