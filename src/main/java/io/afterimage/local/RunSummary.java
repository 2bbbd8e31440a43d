package io.afterimage.local;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a local run came to: the file {@code summary.json}. A value that is not known is null.
 *
 * @param steps training steps
 * @param framesRead frames that the job took in up to the last step, rejected ones included
 * @param framesRejected records that were no usable frame
 * @param groups positive groups up to the last step
 * @param initialLoss mean loss of the first 20 steps
 * @param finalLoss mean loss of the last 20 steps
 * @param prior tau+ as the last step used it
 * @param priorIdentified whether the stream determined it
 * @param truePrior the simulated cameras' class prior
 * @param probeAccuracy of the last encoder, on held-out simulated scenes
 * @param untrainedProbeAccuracy of the encoder before its first step
 * @param framesPerSecond from the first step to the last
 * @param stepsPerSecond from the first step to the last
 * @param seconds duration of the whole run, start-up included
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

  /** Null for what is no number, which JSON cannot say. */
  static @Nullable Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
