package io.afterimage.stream.option;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;

/** Options of Flink's checkpoints. */
public final class CheckpointOptions {
  static final OptionGroup OPTIONS = new OptionGroup("checkpoint");

  public static final ConfigOption<Duration> INTERVAL =
      OPTIONS.duration(
          "interval",
          Duration.ofMinutes(1),
          Rule.notNegative(),
          "Time between two checkpoints. 0 disables checkpoints; after a failure, the job"
              + " then starts from scratch.");

  public static final ConfigOption<String> DIRECTORY =
      OPTIONS.optionalText(
          "directory",
          "Directory for checkpoints, on a file system that Flink supports and every"
              + " machine of the cluster reaches. Required unless the cluster sets"
              + " execution.checkpointing.dir.");

  private CheckpointOptions() {}
}
