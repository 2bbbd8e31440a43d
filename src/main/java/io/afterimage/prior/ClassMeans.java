package io.afterimage.prior;

import java.util.Arrays;
import java.util.List;

/**
 * A classifier of few examples: a class is a normal distribution about the mean of its examples,
 * equally wide in all directions and for all classes.
 *
 * <p>How far its likelihoods may be trusted is found by leaving out each example in turn: they are
 * raised to the power under which the left-out examples' labels are the most likely, as temperature
 * scaling does (Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML
 * 2017). Power 0 is a classifier that knows nothing.
 */
final class ClassMeans {
  private static final double[] POWERS = {
    0, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.75, 1
  };

  private final double[][] means; // (C, D)
  private final int[] counts; // (C)
  private final double variance; // sum over the D directions
  private final double power;

  /**
   * @param embeddings {@code (N, D)} of the examples
   * @param classes {@code (N)} their classes, each below C
   * @param count number of classes C, each with an example at least
   */
  ClassMeans(List<double[]> embeddings, int[] classes, int count) {
    int dimension = embeddings.get(0).length;
    means = new double[count][dimension];
    counts = new int[count];
    for (int i = 0; i < classes.length; i++) {
      counts[classes[i]]++;
      for (int d = 0; d < dimension; d++) {
        means[classes[i]][d] += embeddings.get(i)[d];
      }
    }
    double within = 0;
    for (int c = 0; c < count; c++) {
      for (int d = 0; d < dimension; d++) {
        means[c][d] /= counts[c];
      }
    }
    for (int i = 0; i < classes.length; i++) {
      within += Doubles.squaredDistance(embeddings.get(i), means[classes[i]]);
    }
    variance = Math.max(within / Math.max(1, classes.length - count), 1e-12);
    power = calibrate(embeddings, classes);
  }

  /** The power that suits the left-out examples best. */
  private double calibrate(List<double[]> embeddings, int[] classes) {
    double[][] scores = new double[classes.length][];
    for (int i = 0; i < classes.length; i++) {
      scores[i] = exponents(embeddings.get(i), classes[i]);
    }
    double best = 0;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double each : POWERS) {
      double sum = 0;
      for (int i = 0; i < classes.length; i++) {
        if (counts[classes[i]] > 1) {
          sum += Math.log(posterior(scores[i], each, classes[i]));
        }
      }
      if (sum > greatest) {
        greatest = sum;
        best = each;
      }
    }
    return best;
  }

  /** The left-out example's probability of its own class, with the other examples' class shares. */
  private double posterior(double[] exponents, double atPower, int own) {
    double greatest = Arrays.stream(exponents).max().orElseThrow();
    double sum = 0;
    double ofOwn = 0;
    for (int c = 0; c < counts.length; c++) {
      double likelihood =
          (counts[c] - (c == own ? 1 : 0)) * Math.exp(atPower * (exponents[c] - greatest));
      sum += likelihood;
      ofOwn = c == own ? likelihood : ofOwn;
    }
    return Math.max(ofOwn / sum, 1e-9);
  }

  /**
   * {@code (C)} the likelihood of an embedding under each class, up to a factor that is the same
   * for all classes; the greatest is 1.
   */
  double[] likelihoods(double[] embedding) {
    double[] exponents = exponents(embedding, -1);
    double greatest = Arrays.stream(exponents).max().orElseThrow();
    double[] likelihoods = new double[exponents.length];
    for (int c = 0; c < likelihoods.length; c++) {
      likelihoods[c] = Math.exp(power * (exponents[c] - greatest));
    }
    return likelihoods;
  }

  /**
   * The logarithms of the likelihoods. A mean of n examples is itself off by a share 1/n of the
   * variance.
   *
   * @param leftOut the class that the embedding is an example of, and is left out of; -1 for none
   */
  private double[] exponents(double[] embedding, int leftOut) {
    double[] exponents = new double[means.length];
    for (int c = 0; c < means.length; c++) {
      double n = counts[c];
      double squared = Doubles.squaredDistance(embedding, means[c]);
      if (c == leftOut && n > 1) {
        // The mean of the others is farther away by n / (n - 1).
        squared *= n / (n - 1) * n / (n - 1);
        n--;
      }
      exponents[c] = -squared / (2 * variance * (1 + 1 / n)) * means[c].length;
    }
    return exponents;
  }

  /** How far the likelihoods are trusted, in [0, 1]. */
  double power() {
    return power;
  }
}
