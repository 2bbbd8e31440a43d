package io.afterimage.lab.evaluation;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A mean over seeds with its 95 % confidence interval (Student's t).
 *
 * @param mean the mean
 * @param half half the interval's width; NaN for fewer than two values
 * @param count number of values
 */
record Interval(double mean, double half, int count) {
  private static final double CONFIDENCE = 0.95;

  static Interval of(double... values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    if (values.length < 2) {
      return new Interval(mean, Double.NaN, values.length);
    }
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    double error = Math.sqrt(squares / (values.length - 1) / values.length);
    double quantile =
        new TDistribution(values.length - 1.0).inverseCumulativeProbability(0.5 + CONFIDENCE / 2);
    return new Interval(mean, quantile * error, values.length);
  }

  double low() {
    return mean - half;
  }

  double high() {
    return mean + half;
  }

  @Override
  public String toString() {
    return Double.isNaN(half)
        ? String.format(Locale.ROOT, "%.3f", mean)
        : String.format(Locale.ROOT, "%.3f ± %.3f", mean, half);
  }

  /** With a sign: for differences. */
  String signed() {
    return Double.isNaN(half)
        ? String.format(Locale.ROOT, "%+.3f", mean)
        : String.format(Locale.ROOT, "%+.3f ± %.3f", mean, half);
  }
}
