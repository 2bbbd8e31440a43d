package io.afterimage.stream.option;

import io.afterimage.model.Retention;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options for writing and retaining encoder snapshots. */
public final class SnapshotOptions {
  static final OptionGroup OPTIONS = new OptionGroup("snapshot");

  public static final ConfigOption<String> DIRECTORY =
      OPTIONS.optionalText(
          "directory",
          "Directory for encoder snapshots, on any file system that Flink supports; every"
              + " job needs its own. Without it, the job writes none.");

  public static final ConfigOption<Integer> INTERVAL_STEPS =
      OPTIONS.integer(
          "interval-steps",
          100,
          Rule.atLeast(1),
          "Steps between two encoder snapshots; another is written when the stream ends.");

  public static final ConfigOption<Integer> KEEP =
      OPTIONS.integer(
          "keep", 5, Rule.atLeast(1), "Snapshots to keep; the oldest ones beyond it are deleted.");

  public static final ConfigOption<Duration> MAX_AGE =
      OPTIONS.duration(
          "max-age",
          Duration.ZERO,
          Rule.notNegative(),
          "Age at which a snapshot is deleted, except the latest; 0 deletes none by age.");

  private SnapshotOptions() {}

  public static Retention retention(Configuration options) {
    Duration maxAge = options.get(MAX_AGE);
    return new Retention(options.get(KEEP), maxAge.isZero() ? null : maxAge);
  }
}
