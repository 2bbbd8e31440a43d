package io.afterimage.train.negatives;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A strategy for reweighting negatives. Several strategies are applied to the same weights, one
 * after the other.
 *
 * <p>Legal order of calls: {@link #weigh} any number of times; {@link #observe} once for each
 * mini-batch that was learned from; {@link #read} only before the first {@code observe}. Not
 * thread-safe.
 */
public interface NegativeStrategy {
  /**
   * Multiplies the weights of one mini-batch's negatives. Has no other effect.
   *
   * @param pairs the mini-batch
   * @param weights {@code (B*K, B*K)} row-major, the row is the anchor; weights must stay at least
   *     0. Only the ratios within a row matter, and pairs within a group are ignored
   */
  void weigh(NegativePairs pairs, float[] weights);

  /**
   * Whether the weights already remove the class prior's share of false negatives, which the loss
   * must then not subtract again.
   */
  default boolean accountsForPrior() {
    return false;
  }

  /** Observes a mini-batch after its step; skipped steps are not observed. */
  default void observe(NegativePairs pairs) {}

  /** Writes the complete state. */
  default void write(DataOutput out) throws IOException {}

  /** Continues from what {@link #write} wrote. */
  default void read(DataInput in) throws IOException {}
}
