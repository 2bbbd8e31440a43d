package io.afterimage.lab.evaluation;

import io.afterimage.train.prior.PriorEstimate;
import io.afterimage.train.prior.PriorSettings.Estimator;

/**
 * An estimate of the prior after some steps, and the true value.
 *
 * @param step steps so far
 * @param estimator the estimator
 * @param estimate its estimate
 * @param classPrior share of the negative pairs since the last measurement that showed one class
 * @param objectPrior share of the negatives, as the loss weighted them, that showed the anchor's
 *     object
 * @param streamPrior probability that two newly arriving objects are of one class
 */
record Estimation(
    int step,
    Estimator estimator,
    PriorEstimate estimate,
    double classPrior,
    double objectPrior,
    double streamPrior) {
  /** The true value of the estimated quantity. */
  double truth() {
    return switch (estimate.meaning()) {
      case CLASS_PRIOR -> classPrior;
      case EFFECTIVE_PRIOR -> objectPrior;
    };
  }

  /** The error relative to the truth. */
  double relativeError() {
    return estimate.value() / truth() - 1;
  }
}
