package io.afterimage.train.prior;

import io.afterimage.train.prior.PriorEstimate.Meaning;
import java.io.DataInput;
import java.io.DataOutput;

/** A class prior set by the user. */
final class FixedPrior implements PriorEstimator {
  private final PriorEstimate estimate;

  FixedPrior(double value) {
    estimate = new PriorEstimate(Meaning.CLASS_PRIOR, value, value, value, true);
  }

  @Override
  public void observe(Observation observation) {}

  @Override
  public PriorEstimate estimate() {
    return estimate;
  }

  @Override
  public void write(DataOutput out) {}

  @Override
  public void read(DataInput in) {}
}
