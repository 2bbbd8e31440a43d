package io.afterimage.page;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Makes the page's consumers, all with the same properties and in no consumer group.
 *
 * @param bootstrapServers brokers to connect to first, {@code host:port} separated by commas
 * @param properties more of the consumer's properties (TLS, SASL, ...); they win over the defaults
 */
record KafkaClients(String bootstrapServers, Map<String, String> properties) {
  /** Bounds what a consumer holds, whatever its topic brings. */
  private static final int FETCH_BYTES = 8 << 20;

  /**
   * A consumer; the caller closes it.
   *
   * @throws org.apache.kafka.common.KafkaException if an address or a property is wrong
   */
  KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2000);
    settings.putAll(properties);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The same with one more property. */
  KafkaClients withProperty(String name, String value) {
    Map<String, String> more = new HashMap<>(properties);
    more.put(name, value);
    return new KafkaClients(bootstrapServers, more);
  }
}
