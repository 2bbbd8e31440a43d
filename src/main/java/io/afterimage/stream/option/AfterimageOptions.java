package io.afterimage.stream.option;

import java.util.List;

/**
 * Every option of the job, by groups of one prefix. A group's class declares each option once, with
 * its default, its rule and its description, and makes the settings of its stage from them.
 *
 * <p>Besides these, {@code kafka.property.NAME} sets Kafka's client property NAME (security, for
 * example) and {@code flink.NAME} sets Flink's own option NAME.
 */
final class AfterimageOptions {
  /** In the order of the documentation. */
  private static final List<OptionGroup> GROUPS =
      List.of(
          KafkaOptions.OPTIONS,
          SinkOptions.OPTIONS,
          FrameOptions.OPTIONS,
          PairingOptions.OPTIONS,
          MemoryOptions.OPTIONS,
          BatchOptions.OPTIONS,
          EncoderOptions.OPTIONS,
          AugmentOptions.OPTIONS,
          LossOptions.OPTIONS,
          NegativesOptions.OPTIONS,
          PriorOptions.OPTIONS,
          OptimizerOptions.OPTIONS,
          LearnerOptions.OPTIONS,
          SnapshotOptions.OPTIONS,
          EmbeddingsOptions.OPTIONS,
          CheckpointOptions.OPTIONS);

  private static final List<Option<?>> ALL =
      GROUPS.stream().<Option<?>>flatMap(group -> group.declared().stream()).toList();

  private AfterimageOptions() {}

  /** Every option, in the order of the documentation. */
  static List<Option<?>> all() {
    return ALL;
  }

  /** Every rule between options. */
  static List<OptionClash> clashes() {
    return GROUPS.stream().flatMap(group -> group.clashes().stream()).toList();
  }
}
