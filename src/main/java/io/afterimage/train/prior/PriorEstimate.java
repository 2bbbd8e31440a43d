package io.afterimage.train.prior;

/**
 * An estimate of tau+ at one moment.
 *
 * @param meaning the estimated quantity
 * @param value tau+ for use in the loss, within the estimator's bounds
 * @param lower lower end of the interval, or NaN if the estimator has none: the 95 % interval of
 *     labels and contrast, the estimates of the two halves of prototypes
 * @param upper upper end of the interval, or NaN if the estimator has none
 * @param identified whether the data determine the value; if not, {@code value} is a safe default
 */
public record PriorEstimate(
    Meaning meaning, double value, double lower, double upper, boolean identified) {
  /** The meaning of an estimate. */
  public enum Meaning {
    /** The probability that a random negative shows the anchor's class. */
    CLASS_PRIOR,
    /** The probability that a negative, weighted as in the loss, shows the anchor's own object. */
    EFFECTIVE_PRIOR
  }
}
