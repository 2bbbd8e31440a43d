package io.afterimage.lab.evaluation;

import java.util.List;

/**
 * The outcome of one method on one stream from one seed.
 *
 * @param measurements in the order of steps, not empty
 * @param estimations of the prior, in the order of steps; empty for a method that does not train
 */
record Outcome(
    String stream,
    String method,
    long seed,
    List<Measurement> measurements,
    List<Estimation> estimations) {
  Outcome {
    measurements = List.copyOf(measurements);
    estimations = List.copyOf(estimations);
  }

  /** The measurement after the last step. */
  Measurement last() {
    return measurements.get(measurements.size() - 1);
  }
}
