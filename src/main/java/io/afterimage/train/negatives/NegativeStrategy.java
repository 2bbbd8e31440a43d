package io.afterimage.train.negatives;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One reason to count some negatives more than others. Several act one after the other on the same
 * weights.
 *
 * <p>Legal order of calls: {@link #read} only before the first {@link #weigh}. Not thread-safe.
 */
public interface NegativeStrategy {
  /**
   * Changes the weights, and perhaps the priors, of one mini-batch, and learns from it.
   *
   * @param pairs what is known of the mini-batch; read only
   * @param weights {@code (B*K, B*K)} row-major, as {@link
   *     io.afterimage.train.loss.NegativeWeights} has them
   * @param tau {@code (B*K)} the prior of each anchor
   */
  void weigh(NegativePairs pairs, float[] weights, double[] tau);

  /** Writes all that later weights depend on. */
  default void write(DataOutput out) throws IOException {}

  /** Continues from what {@link #write} wrote. */
  default void read(DataInput in) throws IOException {}
}
