package io.afterimage.local;

import io.afterimage.stream.option.CheckpointOptions;
import io.afterimage.stream.option.InvalidOptionsException;
import io.afterimage.stream.option.KafkaOptions;
import io.afterimage.stream.option.LearnerOptions;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.stream.option.SnapshotOptions;
import io.afterimage.stream.option.StartPosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** The job's options in a local run: the user's, and those that the run sets itself. */
public final class LocalOptions {
  /**
   * Options set by the run: frames are read from the beginning, and offsets are committed, which
   * limits the cameras.
   */
  private static final Map<String, String> OF_THE_RUN =
      Map.of(
          KafkaOptions.GROUP_ID.key(),
          "afterimage-local",
          KafkaOptions.START.key(),
          StartPosition.EARLIEST.name(),
          KafkaOptions.BOUNDED.key(),
          "false",
          KafkaOptions.PROPERTY_PREFIX + "enable.auto.commit",
          "true",
          KafkaOptions.PROPERTY_PREFIX + "auto.commit.interval.ms",
          "100");

  private static final List<String> REFUSED =
      List.of(
          KafkaOptions.BOOTSTRAP_SERVERS.key(),
          SnapshotOptions.DIRECTORY.key(),
          CheckpointOptions.DIRECTORY.key());

  private LocalOptions() {}

  /**
   * @param file the local run's own defaults
   * @param overrides options set by the user
   * @param suggested options suggested for the cameras, unless the user sets them
   * @param steps steps after which the learner stops; 0 for no limit
   * @param snapshots directory of encoder snapshots
   * @param checkpoints directory of checkpoints, if they are on
   * @throws InvalidOptionsException naming all problems
   */
  public static Configuration read(
      Path file,
      Map<String, String> overrides,
      Map<String, String> suggested,
      long steps,
      Path snapshots,
      Path checkpoints)
      throws InvalidOptionsException {
    List<String> problems = new ArrayList<>();
    for (String name : overrides.keySet()) {
      if (OF_THE_RUN.containsKey(name) || REFUSED.contains(name)) {
        problems.add("%s is decided by the local run and cannot be set".formatted(name));
      }
    }
    if (overrides.containsKey(LearnerOptions.MAX_STEPS.key())) {
      problems.add("%s is set by --steps in a local run".formatted(LearnerOptions.MAX_STEPS.key()));
    }
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    Map<String, String> all = new LinkedHashMap<>(suggested);
    all.putAll(overrides);
    all.putAll(OF_THE_RUN);
    all.put(LearnerOptions.MAX_STEPS.key(), Long.toString(steps));
    all.put(SnapshotOptions.DIRECTORY.key(), Directories.forFlink(snapshots));
    all.put(CheckpointOptions.DIRECTORY.key(), Directories.forFlink(checkpoints));
    return OptionsReader.read(file, all);
  }
}
