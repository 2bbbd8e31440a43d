package io.afterimage.gateway;

/**
 * Picks pictures at a steady rate from a faster stream, on a grid of equal intervals, so that the
 * rate holds on average also where the stream's own rate is no multiple of it.
 */
final class FrameSampler {
  /** Clocks count in whole milliseconds: a picture this much too early is still on the grid. */
  private static final long TOLERANCE_MICROS = 1_000;

  private final double intervalMicros;
  private double dueMicros = Double.NEGATIVE_INFINITY;

  /**
   * @param fps pictures to take (1/s); every picture is taken from a slower stream
   */
  FrameSampler(double fps) {
    if (!(fps > 0) || Double.isInfinite(fps)) {
      throw new IllegalArgumentException("fps must be > 0, but was " + fps);
    }
    this.intervalMicros = 1e6 / fps;
  }

  /**
   * Whether to take the picture of a time.
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
