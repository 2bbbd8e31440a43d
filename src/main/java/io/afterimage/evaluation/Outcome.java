package io.afterimage.evaluation;

import java.util.List;

/**
 * What one method came to on one stream from one seed.
 *
 * @param measurements in the order of steps, not empty
 */
record Outcome(String stream, String method, long seed, List<Measurement> measurements) {
  Outcome {
    measurements = List.copyOf(measurements);
  }

  /** After the last step. */
  Measurement last() {
    return measurements.get(measurements.size() - 1);
  }
}
