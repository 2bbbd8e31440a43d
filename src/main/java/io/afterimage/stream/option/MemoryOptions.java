package io.afterimage.stream.option;

import io.afterimage.train.memory.MemorySettings;
import io.afterimage.train.memory.MemorySettings.Eviction;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options of the replay memory. */
public final class MemoryOptions {
  static final OptionGroup OPTIONS = new OptionGroup("memory");

  public static final ConfigOption<Integer> CAPACITY =
      OPTIONS.integer(
          "capacity",
          20_000,
          Rule.between(0, 10_000_000),
          "Positive groups kept for replay. Each takes K * size * size * 3 bytes of Flink"
              + " state.");

  public static final ConfigOption<Eviction> EVICTION =
      OPTIONS.enumeration(
          "eviction",
          Eviction.class,
          Eviction.RESERVOIR,
          "Group to evict when the memory is full: the oldest (fifo); a random one, so"
              + " that every group ever seen is kept with equal probability (reservoir); or the"
              + " older of the two most similar groups (redundancy; it compares each new group"
              + " with every stored one).");

  private MemoryOptions() {}

  /** The settings of the replay memory. */
  public static MemorySettings settings(Configuration options) {
    return new MemorySettings(options.get(CAPACITY), options.get(EVICTION));
  }
}
