package io.afterimage.page;

/** The rate of an event over the last seconds. For one thread. */
final class RateMeter {
  private static final int SECONDS = 10;

  private final long[] counts = new long[SECONDS + 1];
  private long firstSecond = -1;
  private long second = -1;

  /** Counts one event. @param nowMillis the clock (milliseconds) */
  void mark(long nowMillis) {
    advance(nowMillis / 1000);
    counts[(int) (second % counts.length)]++;
  }

  /** The mean over the last whole seconds, ten at most (1/s). */
  double perSecond(long nowMillis) {
    if (firstSecond < 0) {
      return 0;
    }
    advance(nowMillis / 1000);
    long seconds = Math.min(SECONDS, second - firstSecond);
    if (seconds == 0) {
      return counts[(int) (second % counts.length)];
    }
    long sum = 0;
    for (long past = second - seconds; past < second; past++) {
      sum += counts[(int) (past % counts.length)];
    }
    return (double) sum / seconds;
  }

  private void advance(long to) {
    if (firstSecond < 0) {
      firstSecond = to;
      second = to;
    }
    for (int cleared = 0; second < to && cleared < counts.length; cleared++) {
      second++;
      counts[(int) (second % counts.length)] = 0;
    }
    second = Math.max(second, to);
  }
}
