package io.afterimage.stream.option;

import java.util.List;
import java.util.Map;

/**
 * Every option of the job, by groups of one prefix. A group's class declares each option once, with
 * its default, rule and description, and builds the settings of its stage.
 *
 * <p>Besides these, {@code kafka.property.NAME} sets Kafka's client property NAME (security, for
 * example) and {@code flink.NAME} sets Flink's own option NAME; {@link KafkaPropertyNames} and
 * {@link FlinkOptionNames} check those.
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

  /** Names of earlier releases, and their present names. */
  static final Map<String, String> RENAMED =
      Map.of("embeddings.batch", EmbeddingsOptions.BATCH_SIZE.key());

  private AfterimageOptions() {}

  /** Every option, in the order of the documentation. */
  static List<Option<?>> all() {
    return ALL;
  }

  static boolean isKnown(String key) {
    return ALL.stream().anyMatch(option -> option.key().equals(key));
  }

  /** Every rule between options. */
  static List<OptionClash> clashes() {
    return GROUPS.stream().flatMap(group -> group.clashes().stream()).toList();
  }
}
