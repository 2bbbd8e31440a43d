package io.afterimage.train.prior;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mini-batch for estimators of the prior.
 *
 * @param embeddings {@code (B*K, D)} row-major, each row of length 1; the K rows of a group are
 *     adjacent; read only
 * @param views views K of a group
 * @param cameras {@code (B)} the camera of each group
 * @param captureTimesMillis {@code (B)} when its last view was taken (milliseconds since 1970,
 *     UTC); with the camera it identifies a group
 * @param negativeWeights {@code (B*K, B*K)} row-major, the weights of each row's negatives in the
 *     loss; only the ratios within a row matter, and values within a group are ignored; null for
 *     equal weights; read only
 * @param labels {@code (B)} the class label of each group, null where it is unlabeled
 */
public record Observation(
    float[] embeddings,
    int views,
    List<String> cameras,
    long[] captureTimesMillis,
    float @Nullable [] negativeWeights,
    List<@Nullable String> labels) {
  /** Groups B. */
  public int groups() {
    return cameras.size();
  }

  /** Dimension D of an embedding. */
  public int dimension() {
    return embeddings.length / (groups() * views);
  }

  /** Whether two groups are of one camera. */
  boolean sameCamera(int group, int other) {
    return cameras.get(group).equals(cameras.get(other));
  }

  /** Time between two groups' last views (milliseconds), not negative. */
  long lagMillis(int group, int other) {
    return Math.abs(captureTimesMillis[group] - captureTimesMillis[other]);
  }

  /**
   * The weight of a group as a negative of another one, relative to that group's other negatives.
   */
  public double negativeWeight(int group, int other) {
    if (negativeWeights == null) {
      return 1;
    }
    int rows = groups() * views;
    double sum = 0;
    for (int row = group * views; row < (group + 1) * views; row++) {
      for (int column = other * views; column < (other + 1) * views; column++) {
        sum += negativeWeights[row * rows + column];
      }
    }
    return sum;
  }

  /** The mean embedding of each group's views, {@code (B, D)}, not of length 1. */
  double[][] groupMeans() {
    int dimension = dimension();
    double[][] means = new double[groups()][dimension];
    for (int i = 0; i < embeddings.length; i++) {
      means[i / dimension / views][i % dimension] += embeddings[i] / (double) views;
    }
    return means;
  }
}
