package io.afterimage.lab.evaluation;

import io.afterimage.train.prior.PriorEstimate;
import io.afterimage.train.prior.PriorSettings.Estimator;

/**
 * What an estimator of the prior said after some steps, and what it should have said.
 *
 * @param step steps so far
 * @param estimator who said it
 * @param estimate what it said
 * @param classPrior share of the negative pairs since the last measurement that showed one class
 * @param objectPrior share of the negatives, as the loss weighed them, that showed the anchor's
 *     object
 * @param streamPrior probability that two objects that come now are of one class
 */
record Estimation(
    int step,
    Estimator estimator,
    PriorEstimate estimate,
    double classPrior,
    double objectPrior,
    double streamPrior) {
  /** What the estimate is of. */
  double truth() {
    return switch (estimate.meaning()) {
      case CLASS_PRIOR -> classPrior;
      case EFFECTIVE_PRIOR -> objectPrior;
    };
  }

  /** How far off it is, relative to the truth. */
  double relativeError() {
    return estimate.value() / truth() - 1;
  }
}
