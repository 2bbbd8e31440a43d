package io.afterimage.gateway;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.TimeUnit;

/** The schedule of polls of a camera that returns one picture per request. Used by one thread. */
final class Polls {
  private final long intervalNanos;
  private long dueNanos = System.nanoTime();

  /**
   * @param fps polls (1/s); a slower camera is polled as often as it answers
   */
  Polls(double fps) {
    this.intervalNanos = Math.round(1e9 / fps);
  }

  /** Marks the begin of a poll. */
  void begin() {
    dueNanos = Math.max(dueNanos, System.nanoTime() - intervalNanos) + intervalNanos;
  }

  /**
   * Waits until the next poll is due.
   *
   * @throws ClosedByInterruptException if the thread is interrupted meanwhile; its interrupt status
   *     stays set
   */
  void awaitNext() throws ClosedByInterruptException {
    try {
      TimeUnit.NANOSECONDS.sleep(dueNanos - System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
  }
}
