package io.afterimage.train.prior;

import java.util.Arrays;
import java.util.List;

/**
 * A classifier for few examples: each class is an isotropic normal distribution around the mean of
 * its examples, with one variance for all classes.
 *
 * <p>Its likelihoods are calibrated by leaving out each example in turn: they are raised to the
 * power that maximizes the likelihood of the left-out examples' labels, as in temperature scaling
 * (Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017). Power 0 is
 * an uninformative classifier.
 */
final class ClassMeans {
  private static final double[] POWERS = {
    0, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.75, 1
  };

  private final double[][] means; // (C, D)
  private final int[] counts; // (C)
  private final double variance; // sum over the D directions
  private final int[] classes; // (N)
  private final double[][] leftOut; // (N, C) exponents of each example without itself
  private final double power;

  /**
   * @param embeddings {@code (N, D)} of the examples
   * @param classes {@code (N)} their classes, each below C
   * @param count number of classes C, each with at least one example
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
    this.classes = classes;
    leftOut = new double[classes.length][];
    for (int i = 0; i < classes.length; i++) {
      leftOut[i] = exponents(embeddings.get(i), classes[i]);
    }
    power = calibrate(classes);
  }

  /** The power that maximizes the likelihood of the left-out examples' labels. */
  private double calibrate(int[] classes) {
    double best = 0;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double each : POWERS) {
      double sum = 0;
      for (int i = 0; i < classes.length; i++) {
        if (counts[classes[i]] > 1) {
          double[] posterior = posterior(leftOut[i], each, classes[i]);
          sum += Math.log(Math.max(posterior[classes[i]], 1e-9));
        }
      }
      if (sum > greatest) {
        greatest = sum;
        best = each;
      }
    }
    return best;
  }

  /**
   * The probabilities of the classes, with the class shares of the examples without the one left
   * out.
   */
  private double[] posterior(double[] exponents, double atPower, int own) {
    double greatest = Arrays.stream(exponents).max().orElseThrow();
    double[] posterior = new double[exponents.length];
    double sum = 0;
    for (int c = 0; c < counts.length; c++) {
      posterior[c] =
          (counts[c] - (c == own ? 1 : 0)) * Math.exp(atPower * (exponents[c] - greatest));
      sum += posterior[c];
    }
    for (int c = 0; c < counts.length; c++) {
      // Without the only example of the most likely class, all other likelihoods may underflow.
      posterior[c] = sum > 0 ? posterior[c] / sum : 1.0 / counts.length;
    }
    return posterior;
  }

  /** {@code (C)} the probability of each class, given an embedding. */
  double[] posterior(double[] embedding) {
    return posterior(exponents(embedding, -1), power, -1);
  }

  /** {@code (N, C)} the probabilities for each example by the others. */
  double[][] leftOutPosteriors() {
    double[][] posteriors = new double[leftOut.length][];
    for (int i = 0; i < leftOut.length; i++) {
      posteriors[i] = posterior(leftOut[i], power, classes[i]);
    }
    return posteriors;
  }

  /**
   * The logarithms of the likelihoods. A mean of n examples has itself an error of 1/n of the
   * variance.
   *
   * @param leftOut the class from which the embedding, one of its examples, is left out; -1 for
   *     none
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

  /** The calibrated power of the likelihoods, in [0, 1]. */
  double power() {
    return power;
  }
}
