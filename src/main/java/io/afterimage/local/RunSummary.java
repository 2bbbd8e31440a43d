package io.afterimage.local;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The summary of a local run: the file {@code summary.json}. Unknown values are null.
 *
 * @param steps training steps
 * @param framesRead records that the job read up to the last step, including rejected ones
 * @param framesRejected rejected records
 * @param groups positive groups up to the last step
 * @param initialLoss mean loss of the first 20 steps
 * @param finalLoss mean loss of the last 20 steps
 * @param prior tau+ of the last step
 * @param priorIdentified whether the stream determined it
 * @param truePrior the simulated cameras' class prior
 * @param probeAccuracy of the last encoder, on held-out simulated scenes
 * @param untrainedProbeAccuracy of the untrained encoder
 * @param framesPerSecond from the first step to the last
 * @param stepsPerSecond from the first step to the last
 * @param seconds duration of the whole run, including start-up
 * @param snapshotPath the directory of the last encoder snapshot
 */
record RunSummary(
    long steps,
    long framesRead,
    long framesRejected,
    long groups,
    @Nullable Double initialLoss,
    @Nullable Double finalLoss,
    @Nullable Double prior,
    @Nullable Boolean priorIdentified,
    @Nullable Double truePrior,
    @Nullable Double probeAccuracy,
    @Nullable Double untrainedProbeAccuracy,
    double framesPerSecond,
    double stepsPerSecond,
    double seconds,
    @Nullable String snapshotPath) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  void write(Path file) throws IOException {
    Files.writeString(file, MAPPER.writeValueAsString(this) + System.lineSeparator());
  }

  /** The value; null for NaN and infinity, which JSON does not have. */
  static @Nullable Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
