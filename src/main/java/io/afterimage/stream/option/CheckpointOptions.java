package io.afterimage.stream.option;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;

/** Flink's checkpoints of the job. */
public final class CheckpointOptions {
  static final OptionGroup OPTIONS = new OptionGroup("checkpoint");

  public static final ConfigOption<Duration> INTERVAL =
      OPTIONS.duration(
          "interval",
          Duration.ofMinutes(1),
          Rule.notNegative(),
          "Time from one checkpoint to the next; 0 takes none, and a failure then starts anew.");

  public static final ConfigOption<String> DIRECTORY =
      OPTIONS.optionalText(
          "directory",
          "Where checkpoints go: a directory of any file system that Flink knows and every machine of"
              + " the cluster reaches. Needed unless the cluster sets execution.checkpointing.dir.");

  private CheckpointOptions() {}
}
