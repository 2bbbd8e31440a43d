package io.afterimage.train.prior;

/** Makes the estimator that the settings ask for. */
public final class PriorEstimators {
  private PriorEstimators() {}

  /** A new estimator that has observed nothing. */
  public static PriorEstimator create(PriorSettings settings) {
    return switch (settings.estimator()) {
      case FIXED -> new FixedPrior(settings.fixed());
      case CONTRAST -> new ContrastPrior(settings);
      case PROTOTYPES -> new PrototypePrior(settings);
      case LABELS -> new LabelPrior(settings);
    };
  }
}
