package io.afterimage.train.negatives;

import org.jspecify.annotations.Nullable;

/**
 * The weights of a mini-batch's negatives, {@code (B*K, B*K)} row-major, in the form that the loss
 * takes.
 */
public final class NegativeWeights {
  private NegativeWeights() {}

  /**
   * Scales each anchor's weights to mean 1 over its negatives, and sets those within its group to
   * 0. Weights that are all 0 are not changed.
   *
   * @param weights at least 0; a non-finite one makes its row non-finite
   * @param views views K of a group
   * @throws IllegalArgumentException if a weight is negative
   */
  public static void scaleToMeanOne(float[] weights, int views) {
    int rows = (int) Math.sqrt(weights.length);
    for (int row = 0; row < rows; row++) {
      int group = row / views;
      double sum = 0;
      for (int other = 0; other < rows; other++) {
        float weight = weights[row * rows + other];
        if (other / views != group) {
          if (weight < 0) {
            throw new IllegalArgumentException("weights must be >= 0, but one was " + weight);
          }
          sum += weight;
        }
      }
      float scale = sum == 0 ? 0 : (float) ((rows - views) / sum);
      for (int other = 0; other < rows; other++) {
        int at = row * rows + other;
        weights[at] = other / views == group ? 0 : weights[at] * scale;
      }
    }
  }

  /**
   * The prior that the loss still has to subtract after a strategy has reweighted the negatives.
   */
  public static double[] remainingPrior(double[] tau, @Nullable NegativeStrategy strategy) {
    return strategy != null && strategy.accountsForPrior() ? new double[] {0} : tau;
  }
}
