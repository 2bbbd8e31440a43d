package io.afterimage.page;

import java.util.ArrayDeque;
import java.util.Deque;

/** The running sum of the latest histograms, which share their number of bins. For one thread. */
final class Histograms {
  private final int most;
  private final Deque<int[]> latest = new ArrayDeque<>();
  private long[] sum = new long[0];

  /**
   * @param most histograms that are summed
   */
  Histograms(int most) {
    this.most = most;
  }

  /**
   * Adds a histogram. Drops the oldest if there are too many, and all if their number of bins
   * differs.
   */
  void add(int[] histogram) {
    if (histogram.length != sum.length) {
      latest.clear();
      sum = new long[histogram.length];
    }
    latest.add(histogram);
    accumulate(histogram, 1);
    if (latest.size() > most) {
      accumulate(latest.remove(), -1);
    }
  }

  private void accumulate(int[] histogram, int sign) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (long) sign * histogram[i];
    }
  }

  int size() {
    return latest.size();
  }

  /** {@code (bins)}, the caller's own. */
  long[] sum() {
    return sum.clone();
  }

  void clear() {
    latest.clear();
    sum = new long[0];
  }
}
