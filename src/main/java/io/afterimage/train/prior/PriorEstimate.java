package io.afterimage.train.prior;

/**
 * A running estimate of tau+ at one moment.
 *
 * @param meaning what is estimated
 * @param value tau+ as the loss shall use it, within the estimator's bounds
 * @param lower lower end of the interval, or NaN where the estimator has none: of labels and
 *     contrast the 95 % interval, of prototypes what its two halves say
 * @param upper upper end of the interval, or NaN where the estimator has none
 * @param identified whether the data determine the value; if not, {@code value} is a safe default
 */
public record PriorEstimate(
    Meaning meaning, double value, double lower, double upper, boolean identified) {
  /** What a number called prior means. */
  public enum Meaning {
    /** The probability that a random negative shows the anchor's class. */
    CLASS_PRIOR,
    /** How often a negative, as the loss weighs it, shows the anchor's own object. */
    EFFECTIVE_PRIOR
  }
}
