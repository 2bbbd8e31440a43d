package io.afterimage.lab.evaluation;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Measures of how similarly two encoders embed the same frames.
 *
 * <p>The cosine compares the vectors themselves. The other two compare geometry, invariant to
 * rotation, and so suit encoders that were trained separately or have different dimensions.
 *
 * <ul>
 *   <li>Neighbor overlap: the Jaccard index of a frame's k nearest other frames by each encoder,
 *       averaged over frames. Two unrelated encoders have an overlap of about k / (2 (N - 1) - k).
 *   <li>Linear CKA: {@code |Y'X|^2 / (|X'X| |Y'Y|)} of the centered embeddings, Frobenius norms
 *       (Kornblith et al., ICML 2019, arXiv:1905.00414, equation 4 with linear kernels). In [0, 1];
 *       far above 0 by chance unless there are many more frames than dimensions.
 * </ul>
 */
public final class RepresentationSimilarity {
  private RepresentationSimilarity() {}

  /**
   * The mean cosine similarity of each frame's two embeddings, in [-1, 1].
   *
   * @param first {@code (N, D)}
   * @param second {@code (N, D)}
   */
  public static double meanCosine(float[][] first, float[][] second) {
    requireSameFrames(first, second, 1);
    if (first[0].length != second[0].length) {
      throw new IllegalArgumentException(
          "embeddings must have the same dimension, but had %d and %d"
              .formatted(first[0].length, second[0].length));
    }
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += dot(first[i], second[i]) / (norm(first[i]) * norm(second[i]));
    }
    return sum / first.length;
  }

  /**
   * The mean Jaccard index of nearest neighbors by cosine, in [0, 1].
   *
   * @param first {@code (N, D1)}, each row of length 1
   * @param second {@code (N, D2)}, each row of length 1
   * @param neighbours k, at most N - 1
   */
  public static double neighbourOverlap(float[][] first, float[][] second, int neighbours) {
    requireSameFrames(first, second, 2);
    if (neighbours < 1 || neighbours >= first.length) {
      throw new IllegalArgumentException(
          "neighbours must be in [1, %d] for %d frames, but was %d"
              .formatted(first.length - 1, first.length, neighbours));
    }
    return IntStream.range(0, first.length)
        .parallel()
        .mapToDouble(i -> jaccard(nearest(first, i, neighbours), nearest(second, i, neighbours)))
        .average()
        .orElseThrow();
  }

  /**
   * Linear centered kernel alignment, in [0, 1]; NaN if an encoder embeds all frames equally.
   *
   * @param first {@code (N, D1)}
   * @param second {@code (N, D2)}
   */
  public static double linearCka(float[][] first, float[][] second) {
    requireSameFrames(first, second, 2);
    double[][] x = centred(first);
    double[][] y = centred(second);
    return squaredNorm(x, y) / Math.sqrt(squaredNorm(x, x) * squaredNorm(y, y));
  }

  private static void requireSameFrames(float[][] first, float[][] second, int least) {
    if (first.length != second.length || first.length < least) {
      throw new IllegalArgumentException(
          "both encoders must have embedded the same frames, at least %d, but embedded %d and %d"
              .formatted(least, first.length, second.length));
    }
  }

  /** Squared Frobenius norm of X'Y. */
  private static double squaredNorm(double[][] x, double[][] y) {
    return IntStream.range(0, x[0].length)
        .parallel()
        .mapToDouble(
            a -> {
              double[] row = new double[y[0].length];
              for (int i = 0; i < x.length; i++) {
                for (int b = 0; b < row.length; b++) {
                  row[b] += x[i][a] * y[i][b];
                }
              }
              double sum = 0;
              for (double value : row) {
                sum += value * value;
              }
              return sum;
            })
        .sum();
  }

  private static double[][] centred(float[][] rows) {
    int dimension = rows[0].length;
    double[] mean = new double[dimension];
    for (float[] row : rows) {
      for (int a = 0; a < dimension; a++) {
        mean[a] += row[a] / (double) rows.length;
      }
    }
    double[][] centred = new double[rows.length][dimension];
    for (int i = 0; i < rows.length; i++) {
      for (int a = 0; a < dimension; a++) {
        centred[i][a] = rows[i][a] - mean[a];
      }
    }
    return centred;
  }

  private static Set<Integer> nearest(float[][] rows, int query, int neighbours) {
    double[] similarities = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      similarities[i] = dot(rows[query], rows[i]);
    }
    return new HashSet<>(
        IntStream.range(0, rows.length)
            .filter(i -> i != query)
            .boxed()
            .sorted((a, b) -> Double.compare(similarities[b], similarities[a]))
            .limit(neighbours)
            .toList());
  }

  private static double jaccard(Set<Integer> first, Set<Integer> second) {
    Set<Integer> both = new HashSet<>(first);
    both.retainAll(second);
    return (double) both.size() / (first.size() + second.size() - both.size());
  }

  private static double dot(float[] first, float[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += (double) first[i] * second[i];
    }
    return sum;
  }

  private static double norm(float[] vector) {
    return Math.sqrt(dot(vector, vector));
  }
}
