package io.afterimage.prior;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The shares of classes in a stream, from labelled examples and what a classifier says of
 * unlabelled ones.
 *
 * @param shares {@code (C)} the shares, summing to 1
 * @param covariance {@code (C, C)} of their errors
 */
record ClassShares(double[] shares, double[][] covariance) {
  /*
   * The shares are the most likely ones given both: the labels' multinomial and the mixture of the
   * classes' likelihoods, found by EM as in
   *
   *     Saerens, Latinne, Decaestecker, "Adjusting the Outputs of a Classifier to New a Priori
   *     Probabilities: A Simple Procedure", Neural Computation 14 (2002), equation 2.9,
   *
   * with the labels as counts beside the expected ones. Where the classifier knows nothing, the
   * labels decide alone. Errors are those of the observed information, with the shares' sum held.
   */
  private static final int ITERATIONS = 100;
  private static final double TOLERANCE = 1e-6;

  /** Far below one label; without it a class that is not seen any more could not come back. */
  private static final double LEAST = 1e-3;

  /**
   * @param labelled {@code (C)} number of labelled examples, which may be a fraction
   * @param likelihoods {@code (N, C)} of each unlabelled example, up to a factor of its own
   * @param weight how many independent examples an unlabelled one counts as
   */
  static ClassShares estimate(double[] labelled, double[][] likelihoods, double weight) {
    int classes = labelled.length;
    double[] counts = labelled.clone();
    double all = 0;
    for (int c = 0; c < classes; c++) {
      counts[c] = Math.max(counts[c], LEAST);
      all += counts[c];
    }
    double[] shares = new double[classes];
    for (int c = 0; c < classes; c++) {
      shares[c] = counts[c] / all;
    }
    double change = 1;
    for (int i = 0; i < ITERATIONS && change > TOLERANCE; i++) {
      double[] next = expected(shares, likelihoods, weight);
      change = 0;
      for (int c = 0; c < classes; c++) {
        next[c] = (next[c] + counts[c]) / (all + weight * likelihoods.length);
        change = Math.max(change, Math.abs(next[c] - shares[c]));
      }
      shares = next;
    }
    return new ClassShares(shares, covariance(shares, counts, likelihoods, weight));
  }

  private static double[] expected(double[] shares, double[][] likelihoods, double weight) {
    double[] expected = new double[shares.length];
    for (double[] row : likelihoods) {
      double sum = 0;
      for (int c = 0; c < shares.length; c++) {
        sum += shares[c] * row[c];
      }
      for (int c = 0; c < shares.length; c++) {
        expected[c] += weight * shares[c] * row[c] / sum;
      }
    }
    return expected;
  }

  /** The inverse of the information within the plane where the errors sum to 0. */
  private static double[][] covariance(
      double[] shares, double[] counts, double[][] likelihoods, double weight) {
    int classes = shares.length;
    double[][] information = new double[classes][classes];
    for (int c = 0; c < classes; c++) {
      information[c][c] = counts[c] / (shares[c] * shares[c]);
    }
    for (double[] row : likelihoods) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += shares[c] * row[c];
      }
      for (int a = 0; a < classes; a++) {
        for (int b = 0; b < classes; b++) {
          information[a][b] += weight * row[a] / sum * row[b] / sum;
        }
      }
    }
    RealMatrix inverse =
        new LUDecomposition(new Array2DRowRealMatrix(information, false)).getSolver().getInverse();
    double[] sums = new double[classes];
    double total = 0;
    for (int a = 0; a < classes; a++) {
      for (int b = 0; b < classes; b++) {
        sums[a] += inverse.getEntry(a, b);
      }
      total += sums[a];
    }
    double[][] covariance = new double[classes][classes];
    for (int a = 0; a < classes; a++) {
      for (int b = 0; b < classes; b++) {
        covariance[a][b] = inverse.getEntry(a, b) - sums[a] * sums[b] / total;
      }
    }
    return covariance;
  }

  /**
   * The probability that two draws are of one class, without the bias that errors in the shares
   * bring. For labels alone this is {@code sum n_c (n_c - 1) / (n (n - 1))} up to terms of order
   * 1/n^2.
   */
  double classPrior() {
    double sum = 0;
    for (int c = 0; c < shares.length; c++) {
      sum += shares[c] * shares[c] - covariance[c][c];
    }
    return sum;
  }

  /**
   * The standard error of {@link #classPrior}, to second order: with equal shares the first is 0.
   */
  double standardError() {
    double first = 0;
    double second = 0;
    for (int a = 0; a < shares.length; a++) {
      for (int b = 0; b < shares.length; b++) {
        first += shares[a] * covariance[a][b] * shares[b];
        second += covariance[a][b] * covariance[b][a];
      }
    }
    return Math.sqrt(Math.max(0, 4 * first + 2 * second));
  }
}
