package io.afterimage.stream.option;

import io.afterimage.model.Retention;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Where encoder snapshots are written, and how long they are kept. */
public final class SnapshotOptions {
  static final OptionGroup OPTIONS = new OptionGroup("snapshot");

  public static final ConfigOption<String> DIRECTORY =
      OPTIONS.optionalText(
          "directory",
          "Where encoder snapshots go: a directory of any file system that Flink knows, of one job"
              + " only. None are written if it is not set.");

  public static final ConfigOption<Integer> INTERVAL_STEPS =
      OPTIONS.integer(
          "interval-steps",
          100,
          Rule.atLeast(1),
          "Steps from one encoder snapshot to the next; one more is written when the stream ends.");

  public static final ConfigOption<Integer> KEEP =
      OPTIONS.integer(
          "keep",
          5,
          Rule.atLeast(1),
          "Snapshots that are kept; the oldest beyond that are deleted.");

  public static final ConfigOption<Duration> MAX_AGE =
      OPTIONS.duration(
          "max-age",
          Duration.ZERO,
          Rule.notNegative(),
          "Age beyond which a snapshot is deleted, save the latest; 0 keeps them however old.");

  private SnapshotOptions() {}

  public static Retention retention(Configuration options) {
    Duration maxAge = options.get(MAX_AGE);
    return new Retention(options.get(KEEP), maxAge.isZero() ? null : maxAge);
  }
}
