package io.afterimage.lab.evaluation;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A linear classifier on embeddings: ridge regression to one indicator per class, solved exactly.
 *
 * <p>Columns are standardized by the training embeddings, to make one penalty strength suit every
 * encoder. Each class has the same weight, regardless of its size.
 */
public final class LinearProbe {
  private static final double PENALTY = 0.01;

  private LinearProbe() {}

  /**
   * The balanced accuracy on {@code held} of a classifier trained on {@code training}.
   *
   * @throws IllegalArgumentException if the dimensions differ
   */
  public static double accuracy(LabelledEmbeddings training, LabelledEmbeddings held) {
    if (training.dimension() != held.dimension()) {
      throw new IllegalArgumentException(
          "training and held-out embeddings must have the same dimension, but had %d and %d"
              .formatted(training.dimension(), held.dimension()));
    }
    Standardization standardization = Standardization.of(training);
    double[][] weights = solve(training, standardization); // (D + 1, C)
    int[] predicted = new int[held.size()];
    for (int i = 0; i < held.size(); i++) {
      predicted[i] = strongest(standardization.row(held, i), weights);
    }
    return held.balancedAccuracy(predicted);
  }

  /** (X'WX + penalty I) B = X'WY, with W giving each class the same weight. */
  private static double[][] solve(LabelledEmbeddings training, Standardization standardization) {
    int columns = training.dimension() + 1;
    int classes = training.classes();
    int[] members = new int[classes];
    for (int label : training.labels()) {
      members[label]++;
    }
    double[][] normal = new double[columns][columns];
    double[][] right = new double[columns][classes];
    for (int i = 0; i < training.size(); i++) {
      double[] row = standardization.row(training, i);
      int label = training.labels()[i];
      double weight = 1.0 / (classes * members[label]);
      for (int a = 0; a < columns; a++) {
        double weighted = weight * row[a];
        right[a][label] += weighted;
        for (int b = 0; b <= a; b++) {
          normal[a][b] += weighted * row[b];
        }
      }
    }
    for (int a = 0; a < columns; a++) {
      normal[a][a] += PENALTY;
      for (int b = 0; b < a; b++) {
        normal[b][a] = normal[a][b];
      }
    }
    RealMatrix solution =
        new CholeskyDecomposition(new Array2DRowRealMatrix(normal, false))
            .getSolver()
            .solve(new Array2DRowRealMatrix(right, false));
    return solution.getData();
  }

  private static int strongest(double[] row, double[][] weights) {
    int best = 0;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < weights[0].length; label++) {
      double sum = 0;
      for (int a = 0; a < row.length; a++) {
        sum += row[a] * weights[a][label];
      }
      if (sum > greatest) {
        greatest = sum;
        best = label;
      }
    }
    return best;
  }

  /** Columns to mean 0 and deviation 1, and a constant column behind them. */
  private record Standardization(double[] mean, double[] scale) {
    static Standardization of(LabelledEmbeddings data) {
      int dimension = data.dimension();
      double[] mean = new double[dimension];
      double[] scale = new double[dimension];
      for (int i = 0; i < data.size() * dimension; i++) {
        mean[i % dimension] += data.vectors()[i] / (double) data.size();
      }
      for (int i = 0; i < data.size() * dimension; i++) {
        double centred = data.vectors()[i] - mean[i % dimension];
        scale[i % dimension] += centred * centred / data.size();
      }
      for (int a = 0; a < dimension; a++) {
        scale[a] = 1 / Math.sqrt(scale[a] + 1e-12);
      }
      return new Standardization(mean, scale);
    }

    double[] row(LabelledEmbeddings data, int index) {
      int dimension = data.dimension();
      double[] row = new double[dimension + 1];
      for (int a = 0; a < dimension; a++) {
        row[a] = (data.vectors()[index * dimension + a] - mean[a]) * scale[a];
      }
      row[dimension] = 1;
      return row;
    }
  }
}
