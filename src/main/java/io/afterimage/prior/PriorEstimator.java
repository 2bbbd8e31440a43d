package io.afterimage.prior;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Estimates tau+ while the stream runs.
 *
 * <p>Legal order of calls: any number of {@link #observe}, {@link #estimate} at any time; {@link
 * #read} only before the first {@code observe}.
 */
public interface PriorEstimator {
  /**
   * Takes in one mini-batch's similarities, each in [-1, 1].
   *
   * @param positive similarities of positive pairs, any order
   * @param negative similarities of negative pairs, any order
   */
  void observe(float[] positive, float[] negative);

  /** The estimate after all that was observed. */
  PriorEstimate estimate();

  /** Writes all that later estimates depend on. */
  void write(DataOutput out) throws IOException;

  /** Continues from what {@link #write} wrote. */
  void read(DataInput in) throws IOException;
}
