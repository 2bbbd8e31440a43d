package io.afterimage.gateway;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential backoff between retries, with jitter, to spread the reconnects of cameras that were
 * lost at the same time.
 */
final class Backoff {
  private final long firstMillis;
  private final long lastMillis;
  private long nextMillis;

  Backoff(Duration first, Duration last) {
    this.firstMillis = first.toMillis();
    this.lastMillis = last.toMillis();
    this.nextMillis = firstMillis;
  }

  /**
   * The next wait (milliseconds): random between half of and the whole of a time that doubles up to
   * a maximum.
   */
  long nextMillis() {
    long wait = nextMillis / 2 + ThreadLocalRandom.current().nextLong(nextMillis / 2 + 1);
    nextMillis = Math.min(lastMillis, 2 * nextMillis);
    return wait;
  }

  /** Resets to the first wait. */
  void reset() {
    nextMillis = firstMillis;
  }
}
