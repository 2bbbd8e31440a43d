package io.afterimage.prior;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mini-batch as estimators of the prior see it.
 *
 * @param positive similarities of positive pairs, each in [-1, 1], any order; read only
 * @param negative similarities of negative pairs, each in [-1, 1], any order; read only
 * @param embeddings {@code (B*K, D)} row-major, each row of length 1; the K rows of a group stand
 *     together; read only
 * @param views views K of a group
 * @param cameras {@code (B)} the camera of each group
 * @param captureTimesMillis {@code (B)} when its last view was taken (milliseconds since 1970,
 *     UTC); with the camera it tells a group from all others
 * @param labels {@code (B)} what each group shows, null where nobody said so
 */
public record Observation(
    float[] positive,
    float[] negative,
    float[] embeddings,
    int views,
    List<String> cameras,
    long[] captureTimesMillis,
    List<@Nullable String> labels) {
  /** Groups B. */
  public int groups() {
    return cameras.size();
  }

  /** Numbers D of an embedding. */
  public int dimension() {
    return embeddings.length / (groups() * views);
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
