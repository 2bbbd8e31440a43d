package io.afterimage.train.prior;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Estimates tau+ during training.
 *
 * <p>Legal order of calls: any number of {@link #observe}, {@link #estimate} at any time; {@link
 * #read} only before the first {@code observe}.
 */
public interface PriorEstimator {
  /** Adds one mini-batch. */
  void observe(Observation observation);

  /** The estimate from all observations so far. */
  PriorEstimate estimate();

  /**
   * tau+ for the groups of a mini-batch that has not been observed yet.
   *
   * @param embeddings {@code (B*K, D)} as in {@link Observation}; read only
   * @param views views K of a group
   * @param cameras {@code (B)} the camera of each group
   * @return one value for all groups, or {@code (B)}; each within the estimator's bounds
   */
  default double[] groupPriors(float[] embeddings, int views, List<String> cameras) {
    return new double[] {estimate().value()};
  }

  /** Writes the complete state. */
  void write(DataOutput out) throws IOException;

  /**
   * Continues from what {@link #write} wrote; starts without observations if the state is of an
   * estimator of another quantity.
   */
  void read(DataInput in) throws IOException;
}
