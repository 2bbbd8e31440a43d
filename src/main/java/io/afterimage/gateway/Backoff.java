package io.afterimage.gateway;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next try: doubling, with jitter, so that cameras which went away
 * together do not come back in one rush.
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

  /** The next wait (milliseconds): between half and all of a time that doubles up to the last. */
  long nextMillis() {
    long wait = nextMillis / 2 + ThreadLocalRandom.current().nextLong(nextMillis / 2 + 1);
    nextMillis = Math.min(lastMillis, 2 * nextMillis);
    return wait;
  }

  /** Begins with the first wait again. */
  void reset() {
    nextMillis = firstMillis;
  }
}
