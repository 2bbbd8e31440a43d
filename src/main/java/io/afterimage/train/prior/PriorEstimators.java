package io.afterimage.train.prior;

/** Creates the estimator of the settings. */
public final class PriorEstimators {
  private PriorEstimators() {}

  /** A new estimator without observations. */
  public static PriorEstimator create(PriorSettings settings) {
    return switch (settings.estimator()) {
      case FIXED -> new FixedPrior(settings.fixed());
      case CONTRAST -> new ContrastPrior(settings);
      case PROTOTYPES -> new PrototypePrior(settings);
      case LABELS -> new LabelPrior(settings);
    };
  }
}
