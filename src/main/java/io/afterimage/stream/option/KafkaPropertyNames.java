package io.afterimage.stream.option;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * The properties declared by Kafka's clients and Flink's connector, used to check passed-on
 * properties before the job starts: the clients ignore unknown names.
 */
final class KafkaPropertyNames {
  private static final List<ConfigDef> CLIENTS =
      List.of(
          ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

  /** Properties that Flink's connector reads. */
  private static final Set<String> OF_THE_CONNECTOR =
      Set.of(
          KafkaSourceOptions.CLIENT_ID_PREFIX.key(),
          KafkaSourceOptions.REGISTER_KAFKA_CONSUMER_METRICS.key(),
          KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(),
          "register.producer.metrics");

  /** Properties that the job sets itself, and the options that determine them. */
  private static final Map<String, String> OF_THE_JOB =
      Map.ofEntries(
          Map.entry(
              CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, KafkaOptions.BOOTSTRAP_SERVERS.key()),
          Map.entry(ConsumerConfig.GROUP_ID_CONFIG, KafkaOptions.GROUP_ID.key()),
          Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, KafkaOptions.START.key()),
          Map.entry(
              KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
              KafkaOptions.PARTITION_DISCOVERY.key()),
          Map.entry(
              ProducerConfig.TRANSACTIONAL_ID_CONFIG, SinkOptions.TRANSACTIONAL_ID_PREFIX.key()),
          Map.entry(
              ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, SinkOptions.TRANSACTION_TIMEOUT.key()),
          Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ""),
          Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ""),
          Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ""),
          Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ""));

  private static final Set<String> ALL = all();

  private KafkaPropertyNames() {}

  /** Every property that may be passed on. */
  static Set<String> all() {
    Set<String> names = new TreeSet<>(OF_THE_CONNECTOR);
    CLIENTS.forEach(client -> names.addAll(client.names()));
    names.add(AbstractConfig.CONFIG_PROVIDERS_CONFIG);
    names.removeAll(OF_THE_JOB.keySet());
    return names;
  }

  /** The problem with a client's property; empty if a client reads its name and its value. */
  static Optional<String> problem(String name, String value) {
    String option = KafkaOptions.PROPERTY_PREFIX + name;
    String own = OF_THE_JOB.get(name);
    if (own != null) {
      return Optional.of(
          own.isEmpty()
              ? option + " cannot be set: the job decides it"
              : "%s cannot be set: use %s instead".formatted(option, own));
    }
    if (ALL.contains(name)) {
      return CLIENTS.stream()
          .flatMap(client -> Optional.ofNullable(client.configKeys().get(name)).stream())
          .flatMap(key -> unreadable(option, key, value).stream())
          .findFirst();
    }
    if (name.startsWith(AbstractConfig.CONFIG_PROVIDERS_CONFIG + ".")) {
      return Optional.empty();
    }
    return Optional.of(
        "unknown option %s: ".formatted(option)
            + Spelling.nearest(name, ALL)
                .map(meant -> "did you mean %s%s?".formatted(KafkaOptions.PROPERTY_PREFIX, meant))
                .orElse(
                    "Kafka's clients have no such property; %s%s passes it on to a plug-in"
                        .formatted(OptionsReader.UNCHECKED, option)));
  }

  /** Classes are not looked up, since they may exist only where the clients run. */
  private static Optional<String> unreadable(String option, ConfigKey key, String value) {
    if (key.type == Type.CLASS || key.type == Type.LIST || key.type == Type.PASSWORD) {
      return Optional.empty();
    }
    try {
      Object parsed = ConfigDef.parseType(key.name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(key.name, parsed);
      }
      return Optional.empty();
    } catch (ConfigException e) {
      return Optional.of(
          "%s has a value that Kafka's clients cannot read, '%s': %s"
              .formatted(
                  option,
                  value,
                  String.valueOf(e.getMessage())
                      .replaceFirst("^Invalid value .* for configuration [^:]*: ", "")));
    }
  }
}
