package io.afterimage.learn;

import io.afterimage.prior.PriorEstimate;
import io.afterimage.prior.PriorEstimator;
import io.afterimage.prior.PriorSettings;
import java.io.DataInput;
import java.io.DataOutput;

/** Interim: the fixed prior only. */
final class PriorEstimators {
  private PriorEstimators() {}

  static PriorEstimator create(PriorSettings settings) {
    return new PriorEstimator() {
      @Override
      public void observe(float[] positive, float[] negative) {}

      @Override
      public PriorEstimate estimate() {
        return new PriorEstimate(
            PriorEstimate.Meaning.CLASS_PRIOR, settings.fixed(), Double.NaN, Double.NaN, true);
      }

      @Override
      public void write(DataOutput out) {}

      @Override
      public void read(DataInput in) {}
    };
  }
}
