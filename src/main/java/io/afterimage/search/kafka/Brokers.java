package io.afterimage.search.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Makes the search's clients of Kafka, in no consumer group.
 *
 * @param bootstrapServers brokers to connect to first, {@code host:port} separated by commas
 * @param properties more properties (TLS, SASL, ...); they win
 */
public record Brokers(String bootstrapServers, Map<String, String> properties) {
  /** So long a broker that does not answer is waited for (milliseconds). */
  private static final int TIMEOUT_MILLIS = 15_000;

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    return settings;
  }

  Admin admin() {
    Map<String, Object> settings = settings();
    settings.putAll(properties);
    return Admin.create(settings);
  }

  /** A consumer whose offsets are its caller's business. */
  KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
    Map<String, Object> settings = settings();
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.putAll(more);
    settings.putAll(properties);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
