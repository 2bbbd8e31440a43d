package io.afterimage.train.negatives;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One reason to count some negatives more than others. Several act one after the other on the same
 * weights.
 *
 * <p>Legal order of calls: {@link #weigh} any number of times; {@link #observe} once for each
 * mini-batch that was learned from; {@link #read} only before the first {@code observe}. Not
 * thread-safe.
 */
public interface NegativeStrategy {
  /**
   * Multiplies the weights of one mini-batch's negatives. Changes nothing but the weights.
   *
   * @param pairs the mini-batch
   * @param weights {@code (B*K, B*K)} row-major, the row is the anchor; each weight is to stay at
   *     least 0. Only the ratios within a row matter, and pairs within a group are ignored
   */
  void weigh(NegativePairs pairs, float[] weights);

  /**
   * Whether the weights already take the class prior's share of false negatives away, so that the
   * loss must not subtract it once more.
   */
  default boolean accountsForPrior() {
    return false;
  }

  /** Learns from a mini-batch whose step was taken; a skipped step is not observed. */
  default void observe(NegativePairs pairs) {}

  /** Writes all that later weights depend on. */
  default void write(DataOutput out) throws IOException {}

  /** Continues from what {@link #write} wrote. */
  default void read(DataInput in) throws IOException {}
}
