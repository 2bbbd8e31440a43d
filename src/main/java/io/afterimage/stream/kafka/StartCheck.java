package io.afterimage.stream.kafka;

import io.afterimage.stream.kafka.Brokers.Topic;
import io.afterimage.stream.option.EmbeddingsOptions;
import io.afterimage.stream.option.InvalidOptionsException;
import io.afterimage.stream.option.KafkaOptions;
import io.afterimage.stream.option.SinkGuarantee;
import io.afterimage.stream.option.SinkOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks before the job starts for problems that the brokers would report only while it runs:
 * missing topics, records that are too large, transactions that are too long. Checks that this
 * client is not allowed to make are skipped with a warning.
 */
public final class StartCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);

  /** Longest wait for each answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Configuration options;
  private final Brokers brokers;
  private final List<String> problems = new ArrayList<>();

  private StartCheck(Configuration options, Brokers brokers) {
    this.options = options;
    this.brokers = brokers;
  }

  /**
   * Runs all checks, and reports all problems at once.
   *
   * @throws InvalidOptionsException if the options do not match the brokers
   * @throws NoBrokerException if none answers in time
   */
  public static void require(Configuration options)
      throws InvalidOptionsException, NoBrokerException {
    require(options, PATIENCE);
  }

  static void require(Configuration options, Duration patience)
      throws InvalidOptionsException, NoBrokerException {
    try (Brokers brokers = new Brokers(options, patience)) {
      StartCheck check = new StartCheck(options, brokers);
      check.run();
      if (!check.problems.isEmpty()) {
        throw new InvalidOptionsException(check.problems);
      }
    }
  }

  private void run() throws InvalidOptionsException, NoBrokerException {
    List<Config> nodes = settings(brokers.nodes());
    checkTopics(nodes);
    checkTransactions(nodes);
  }

  private List<Config> settings(Collection<Node> nodes) throws NoBrokerException {
    List<Config> settings = new ArrayList<>();
    for (Node node : nodes) {
      brokers
          .settings(new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
          .ifPresent(settings::add);
    }
    return settings;
  }

  private void checkTopics(List<Config> nodes) throws NoBrokerException {
    Map<String, ConfigOption<String>> asked = new LinkedHashMap<>();
    for (ConfigOption<String> option : topicOptions()) {
      asked.put(options.get(option), option);
    }
    Map<String, Topic> topics = brokers.topics(asked.keySet());
    for (Map.Entry<String, ConfigOption<String>> entry : asked.entrySet()) {
      String name = entry.getKey();
      ConfigOption<String> option = entry.getValue();
      Topic topic = topics.get(name);
      if (topic.problem().isPresent()) {
        problems.add(
            "%s must be a topic that this client may use, but for %s: %s"
                .formatted(option.key(), name, topic.problem().get()));
      } else if (topic.found().isPresent()) {
        checkRecords(option, name);
      } else if (option.equals(KafkaOptions.TOPIC_FRAMES) || !isMadeByUse(name, nodes)) {
        problems.add("%s must exist, but there is no topic %s".formatted(option.key(), name));
      }
    }
  }

  private List<ConfigOption<String>> topicOptions() {
    List<ConfigOption<String>> topics =
        new ArrayList<>(
            List.of(
                KafkaOptions.TOPIC_FRAMES,
                KafkaOptions.TOPIC_REJECTED,
                KafkaOptions.TOPIC_TRAINING));
    if (options.get(EmbeddingsOptions.ENABLED)) {
      topics.add(KafkaOptions.TOPIC_EMBEDDINGS);
    }
    return topics;
  }

  /** Whether the brokers create a topic on first use. */
  private static boolean isMadeByUse(String topic, List<Config> nodes) {
    if (nodes.isEmpty()) {
      LOG.warn(
          "There is no topic {}, and it is not known whether the brokers will create it", topic);
      return true;
    }
    return nodes.stream()
        .allMatch(
            node ->
                value(node, "auto.create.topics.enable").map(Boolean::parseBoolean).orElse(false));
  }

  private void checkRecords(ConfigOption<String> option, String topic) throws NoBrokerException {
    Optional<LargestRecord> largest = LargestRecord.of(option, options);
    if (largest.isEmpty()) {
      return;
    }
    Optional<Config> settings =
        brokers.settings(new ConfigResource(ConfigResource.Type.TOPIC, topic));
    settings
        .flatMap(config -> value(config, "max.message.bytes"))
        .map(Long::parseLong)
        .filter(most -> most < largest.get().bytes())
        .ifPresent(
            most ->
                problems.add(
                    "%s is %s, so that records of topic %s may have %d bytes, but its"
                            .formatted(
                                largest.get().option(),
                                largest.get().value(),
                                topic,
                                largest.get().bytes())
                        + " max.message.bytes is %d".formatted(most)));
  }

  private void checkTransactions(List<Config> nodes) {
    if (options.get(SinkOptions.DELIVERY_GUARANTEE) != SinkGuarantee.EXACTLY_ONCE) {
      return;
    }
    Duration wanted = options.get(SinkOptions.TRANSACTION_TIMEOUT);
    nodes.stream()
        .flatMap(node -> value(node, "transaction.max.timeout.ms").stream())
        .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
        .min(Duration::compareTo)
        .filter(most -> wanted.compareTo(most) > 0)
        .ifPresent(
            most ->
                problems.add(
                    ("%s must be at most the brokers' transaction.max.timeout.ms, which is %s, but"
                            + " was %s")
                        .formatted(
                            SinkOptions.TRANSACTION_TIMEOUT.key(), shown(most), shown(wanted))));
  }

  private static Optional<String> value(Config settings, String name) {
    return Optional.ofNullable(settings.get(name)).map(ConfigEntry::value);
  }

  private static String shown(Duration duration) {
    return TimeUtils.formatWithHighestUnit(duration);
  }
}
