package io.afterimage.stream.option;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Builds Flink's configuration of the job. */
public final class FlinkSettings {
  /** Prefix of the options that set Flink's own options. */
  static final String PREFIX = "flink.";

  /**
   * The number of the job's key groups, fixed for its lifetime: the maximum parallelism of keyed
   * state.
   */
  private static final int MAX_PARALLELISM = 128;

  private FlinkSettings() {}

  /**
   * Flink's options for the job: what the pipeline needs, checkpoints, and what is passed through.
   */
  public static Configuration of(Configuration options) {
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    // Values in the job are immutable.
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    checkpoints(options, flink);
    options
        .toMap()
        .forEach(
            (name, value) -> {
              if (name.startsWith(PREFIX)) {
                flink.setString(name.substring(PREFIX.length()), value);
              }
            });
    return flink;
  }

  private static void checkpoints(Configuration options, Configuration flink) {
    Duration interval = options.get(CheckpointOptions.INTERVAL);
    if (interval.isZero()) {
      return;
    }
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    if (options.get(CheckpointOptions.DIRECTORY) != null) {
      flink.set(
          CheckpointingOptions.CHECKPOINTS_DIRECTORY, options.get(CheckpointOptions.DIRECTORY));
    }
  }

  /**
   * Applies the configuration of {@link #of} to an environment.
   *
   * @throws InvalidOptionsException if checkpoints are on but neither the options nor the cluster
   *     set their directory
   */
  public static void configure(StreamExecutionEnvironment environment, Configuration options)
      throws InvalidOptionsException {
    environment.configure(of(options));
    if (environment.getCheckpointConfig().isCheckpointingEnabled()
        && environment.getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY) == null) {
      throw new InvalidOptionsException(
          List.of(
              ("checkpoint.directory must be set, since checkpoint.interval is %s and the"
                      + " cluster sets no execution.checkpointing.dir")
                  .formatted(Option.shown(options.get(CheckpointOptions.INTERVAL)))));
    }
  }
}
