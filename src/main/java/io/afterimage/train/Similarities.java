package io.afterimage.train;

/** What a report says about a set of cosine similarities. */
final class Similarities {
  private Similarities() {}

  static double mean(float[] values) {
    return sum(values) / values.length;
  }

  static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  /** Brings rows of {@code dimension} values to length 1. */
  static void normalize(float[] rows, int dimension, float[] unit) {
    for (int start = 0; start < rows.length; start += dimension) {
      double square = 0;
      for (int i = start; i < start + dimension; i++) {
        square += rows[i] * rows[i];
      }
      float scale = (float) (1 / Math.sqrt(square));
      for (int i = start; i < start + dimension; i++) {
        unit[i] = rows[i] * scale;
      }
    }
  }

  /** Counts in equal bins over [-1, 1]; what is not finite is not counted. */
  static int[] histogram(float[] values, int bins) {
    int[] counts = new int[bins];
    for (float value : values) {
      if (Float.isFinite(value)) {
        int bin = (int) ((value + 1) / 2 * bins);
        counts[Math.max(0, Math.min(bins - 1, bin))]++;
      }
    }
    return counts;
  }

  /**
   * The root mean square distance of n unit vectors from their mean, from the similarities of all
   * pairs: 1 - |mean|^2, where |mean|^2 is the mean similarity of all ordered pairs, each vector
   * with itself included.
   */
  static double spread(int vectors, float[] positive, float[] negative) {
    double pairs = 2 * (sum(positive) + sum(negative)) + vectors;
    return Math.sqrt(Math.max(0, 1 - pairs / ((double) vectors * vectors)));
  }
}
