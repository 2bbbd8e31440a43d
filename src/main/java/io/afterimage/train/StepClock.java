package io.afterimage.train;

/** A stopwatch for consecutive phases. */
final class StepClock {
  private long since = System.nanoTime();

  /** The time since the last call, or since creation (nanoseconds). */
  long lap() {
    long now = System.nanoTime();
    long lap = now - since;
    since = now;
    return lap;
  }
}
