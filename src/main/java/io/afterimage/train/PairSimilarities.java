package io.afterimage.train;

/**
 * The cosine similarities of one mini-batch's pairs, each unordered pair once, and their statistics
 * for a report.
 *
 * @param positive {@code (B*K*(K-1)/2)} of positive pairs
 * @param negative {@code (B*K*K*(B-1)/2)} of negative pairs
 */
record PairSimilarities(float[] positive, float[] negative) {
  double positiveMean() {
    return sum(positive) / positive.length;
  }

  double negativeMean() {
    return sum(negative) / negative.length;
  }

  int[] positiveHistogram(int bins) {
    return histogram(positive, bins);
  }

  int[] negativeHistogram(int bins) {
    return histogram(negative, bins);
  }

  /**
   * The root mean square distance of n embeddings from their mean: 1 - |mean|^2, where |mean|^2 is
   * the mean similarity of all ordered pairs, each embedding with itself included.
   */
  double spread(int embeddings) {
    double pairs = 2 * (sum(positive) + sum(negative)) + embeddings;
    return Math.sqrt(Math.max(0, 1 - pairs / ((double) embeddings * embeddings)));
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  /** Counts in equal bins over [-1, 1]; non-finite values are ignored. */
  private static int[] histogram(float[] values, int bins) {
    int[] counts = new int[bins];
    for (float value : values) {
      if (Float.isFinite(value)) {
        int bin = (int) ((value + 1) / 2 * bins);
        counts[Math.max(0, Math.min(bins - 1, bin))]++;
      }
    }
    return counts;
  }
}
