package io.afterimage.train;

/** A stopwatch for what follows one another without a gap. */
final class StepClock {
  private long since = System.nanoTime();

  /** The time since the last call, or since this was made (nanoseconds). */
  long lap() {
    long now = System.nanoTime();
    long lap = now - since;
    since = now;
    return lap;
  }
}
