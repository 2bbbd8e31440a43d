package io.afterimage.stream.option;

import io.afterimage.train.BatchSettings;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options for the composition of mini-batches. */
public final class BatchOptions {
  static final OptionGroup OPTIONS = new OptionGroup("batch");

  public static final ConfigOption<Integer> GROUPS =
      OPTIONS.integer(
          "groups",
          64,
          Rule.between(2, 8192),
          "Positive groups B of a mini-batch; one step processes B * K frames.");

  public static final ConfigOption<Integer> FRESH_GROUPS =
      OPTIONS.integer(
          "fresh-groups",
          16,
          Rule.between(1, 8192),
          "New groups in a mini-batch; the others are replayed from memory.");

  public static final ConfigOption<Integer> STEPS =
      OPTIONS.integer(
          "steps",
          1,
          Rule.between(1, 100),
          "Training steps for each set of fresh groups; the replayed groups are drawn"
              + " again for each step.");

  public static final ConfigOption<Integer> CAMERAS =
      OPTIONS.integer(
          "cameras",
          0,
          Rule.between(0, 4096),
          "Cameras that the groups of one mini-batch come from, drawn for each step; 0 mixes all."
              + " With negatives.strategies camera, 1 or 2 give an anchor many negatives of its own"
              + " camera, and learning takes fewer steps.");

  static {
    OPTIONS.clash(
        List.of(CAMERAS, GROUPS),
        o -> o.get(CAMERAS) > o.get(GROUPS) / 2,
        "batch.cameras must not exceed half of batch.groups, so that each camera has at least two"
            + " groups in a mini-batch");
    OPTIONS.clash(
        List.of(FRESH_GROUPS, GROUPS),
        o -> o.get(FRESH_GROUPS) > o.get(GROUPS),
        "batch.fresh-groups must not exceed batch.groups, which they are part of");
    OPTIONS.clash(
        List.of(MemoryOptions.CAPACITY, GROUPS, FRESH_GROUPS),
        o -> o.get(MemoryOptions.CAPACITY) < o.get(GROUPS) - o.get(FRESH_GROUPS),
        "memory.capacity must be at least batch.groups - batch.fresh-groups, which are replayed"
            + " from it");
  }

  private BatchOptions() {}

  /** The settings of mini-batches. */
  public static BatchSettings settings(Configuration options) {
    return new BatchSettings(
        options.get(GROUPS), options.get(FRESH_GROUPS), options.get(STEPS), options.get(CAMERAS));
  }
}
