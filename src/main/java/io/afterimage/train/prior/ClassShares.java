package io.afterimage.train.prior;

import java.util.Arrays;

/**
 * The shares of classes in a stream, from labeled examples and a classifier's predictions for
 * unlabeled ones.
 *
 * @param shares {@code (C)} the shares, summing to 1; a share near 0 may be slightly negative
 * @param covariance {@code (C, C)} of their errors
 */
record ClassShares(double[] shares, double[][] covariance) {
  /*
   * Prediction-powered inference with a tuned power,
   *
   *     Angelopoulos, Duchi, Zrnic, "PPI++: Efficient Prediction-Powered Inference", 2023,
   *     arXiv:2311.01453, section 6:
   *
   * shares = mean of labels + power (mean of unlabeled predictions - mean of labeled ones). The
   * classifier's errors cancel in the difference, hence a poor classifier does no harm, and the
   * difference follows shifts of the shares since the labels were given. The power is the slope of
   * the labels on the predictions, within [0, 1]: 1 for calibrated predictions, less for
   * overconfident ones.
   */

  /**
   * @param weights {@code (N)} of the labeled examples, summing to 1
   * @param effective effective number of labeled examples, more than 1
   * @param classes {@code (N)} of the labeled examples, each below C
   * @param labelled {@code (N, C)} predictions for each labeled example by a classifier without it
   * @param unlabelled {@code (M, C)} predictions for the unlabeled examples
   * @param independent effective number of unlabeled examples
   */
  static ClassShares estimate(
      double[] weights,
      double effective,
      int[] classes,
      double[][] labelled,
      double[][] unlabelled,
      double independent) {
    int count = labelled[0].length;
    double[][] truths = new double[labelled.length][count];
    for (int i = 0; i < classes.length; i++) {
      truths[i][classes[i]] = 1;
    }
    double[] shares = mean(truths, weights);
    double power = unlabelled.length == 0 ? 0 : slope(truths, shares, labelled, weights);
    double[] predicted = mean(labelled, weights);
    double[][] residuals = new double[truths.length][count];
    double[] residual = new double[count];
    for (int c = 0; c < count; c++) {
      residual[c] = shares[c] - power * predicted[c];
      for (int i = 0; i < residuals.length; i++) {
        residuals[i][c] = truths[i][c] - power * labelled[i][c];
      }
    }
    double[][] covariance = new double[count][count];
    addCovariance(residuals, weights, residual, 1 / (effective - 1), covariance);
    if (power > 0) {
      double[] even = new double[unlabelled.length];
      Arrays.fill(even, 1.0 / even.length);
      double[] mean = mean(unlabelled, even);
      addCovariance(unlabelled, even, mean, power * power / independent, covariance);
      for (int c = 0; c < count; c++) {
        shares[c] = residual[c] + power * mean[c];
      }
    }
    return new ClassShares(shares, covariance);
  }

  private static double[] mean(double[][] rows, double[] weights) {
    double[] mean = new double[rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += weights[i] * rows[i][c];
      }
    }
    return mean;
  }

  private static double slope(
      double[][] truths, double[] shares, double[][] predictions, double[] weights) {
    double[] mean = mean(predictions, weights);
    double common = 0;
    double own = 0;
    for (int i = 0; i < truths.length; i++) {
      for (int c = 0; c < mean.length; c++) {
        double deviation = predictions[i][c] - mean[c];
        common += weights[i] * deviation * (truths[i][c] - shares[c]);
        own += weights[i] * deviation * deviation;
      }
    }
    return own > 0 ? Math.max(0, Math.min(1, common / own)) : 0;
  }

  private static void addCovariance(
      double[][] rows, double[] weights, double[] mean, double factor, double[][] covariance) {
    for (int i = 0; i < rows.length; i++) {
      for (int a = 0; a < mean.length; a++) {
        for (int b = 0; b < mean.length; b++) {
          covariance[a][b] += factor * weights[i] * (rows[i][a] - mean[a]) * (rows[i][b] - mean[b]);
        }
      }
    }
  }

  /**
   * The probability that two draws are of one class, corrected for the bias from errors in the
   * shares. For labels alone this is {@code sum n_c (n_c - 1) / (n (n - 1))}.
   */
  double classPrior() {
    double sum = 0;
    for (int c = 0; c < shares.length; c++) {
      sum += shares[c] * shares[c] - covariance[c][c];
    }
    return sum;
  }

  /**
   * The standard error of {@link #classPrior}, to second order, since the first order is 0 for
   * equal shares.
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
