package io.afterimage.train;

import io.afterimage.train.prior.PriorEstimate;

/** Reports for tests. */
public final class StepReports {
  private StepReports() {}

  /** A report whose every component differs from the others', of this loss and prior. */
  public static StepReport of(double loss, PriorEstimate prior) {
    return new StepReport(
        7,
        loss,
        prior,
        0.25,
        0.9,
        -0.1,
        new int[] {1, 2, 3},
        new int[] {4, 5},
        3.5,
        0.8,
        1e-3,
        true,
        1L << 33,
        99,
        0.5,
        Double.NaN,
        new StepPhases(1, 2, 3, 4, 5, 6, 7));
  }
}
