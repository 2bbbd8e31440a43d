package io.afterimage.train.prior;

/**
 * Settings for estimating tau+.
 *
 * @param estimator kind of the estimator
 * @param fixed tau+ of the fixed estimator, and of other estimators while it is not identified
 * @param min lower bound of tau+
 * @param max upper bound of tau+, below 1
 * @param halfLifeSteps steps after which the weight of an observation has halved
 * @param warmupSteps steps before an estimate is used
 * @param bins bins of a similarity histogram over [-1, 1]
 * @param prototypes most clusters of embeddings
 */
public record PriorSettings(
    Estimator estimator,
    double fixed,
    double min,
    double max,
    int halfLifeSteps,
    int warmupSteps,
    int bins,
    int prototypes) {
  /** The default of {@code prototypes}. */
  public static final int PROTOTYPES = 16;

  /** The kind of estimator of tau+. */
  public enum Estimator {
    /** A value set by the user. */
    FIXED,
    /** The effective prior, from similarities by the time between frames. */
    CONTRAST,
    /** The class prior, from the occupancy of clusters of embeddings. */
    PROTOTYPES,
    /** The class prior, from a few labeled frames. */
    LABELS
  }

  public PriorSettings {
    if (!(min >= 0 && max < 1 && min <= max)) {
      throw new IllegalArgumentException(
          "min and max must hold 0 <= min <= max < 1, but were %s and %s".formatted(min, max));
    }
    if (estimator != Estimator.FIXED && !(fixed >= min && fixed <= max)) {
      throw new IllegalArgumentException(
          "fixed must be in [min, max] = [%s, %s], but was %s".formatted(min, max, fixed));
    }
    if (halfLifeSteps < 1) {
      throw new IllegalArgumentException("halfLifeSteps must be >= 1, but was " + halfLifeSteps);
    }
    if (warmupSteps < 0) {
      throw new IllegalArgumentException("warmupSteps must be >= 0, but was " + warmupSteps);
    }
    if (bins < 2) {
      throw new IllegalArgumentException("bins must be >= 2, but was " + bins);
    }
    if (prototypes < 2) {
      throw new IllegalArgumentException("prototypes must be >= 2, but was " + prototypes);
    }
  }

  /** Settings with the default number of prototypes. */
  public PriorSettings(
      Estimator estimator,
      double fixed,
      double min,
      double max,
      int halfLifeSteps,
      int warmupSteps,
      int bins) {
    this(estimator, fixed, min, max, halfLifeSteps, warmupSteps, bins, PROTOTYPES);
  }

  /** The same for another estimator. */
  public PriorSettings with(Estimator other) {
    return new PriorSettings(other, fixed, min, max, halfLifeSteps, warmupSteps, bins, prototypes);
  }
}
