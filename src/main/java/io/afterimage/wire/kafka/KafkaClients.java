package io.afterimage.wire.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes Kafka's clients, all for the same brokers and with the same properties. The caller closes
 * each client.
 *
 * @param bootstrapServers brokers to connect to first, {@code host:port} separated by commas
 * @param properties more of the clients' properties (TLS, SASL, ...); they win over the defaults
 */
public record KafkaClients(String bootstrapServers, Map<String, String> properties)
    implements Serializable {
  /** Bounds the data that a consumer buffers. */
  private static final int FETCH_BYTES = 8 << 20;

  private static final Pattern SAYS_NOTHING =
      Pattern.compile("Failed to (construct|create new) .*");

  private static final int MOST_RECONNECT_BACKOFF_MILLIS = 2000;

  /** Copies the properties. */
  public KafkaClients {
    properties = Map.copyOf(properties);
  }

  /** Clients without additional properties. */
  public KafkaClients(String bootstrapServers) {
    this(bootstrapServers, Map.of());
  }

  /** Settings of a client that times out when a broker has not answered for this long. */
  public static Map<String, Object> waiting(Duration wait) {
    int millis = Math.toIntExact(wait.toMillis());
    return Map.of(
        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
        millis,
        CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
        millis);
  }

  /** Settings of a client: the brokers, then the defaults, then the properties, which win. */
  public Map<String, Object> settings(Map<String, Object> defaults) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, MOST_RECONNECT_BACKOFF_MILLIS);
    settings.putAll(defaults);
    settings.putAll(properties);
    return settings;
  }

  /**
   * A consumer without a group; the caller manages its offsets. It reads only committed records and
   * creates no topic.
   *
   * @param defaults more settings, under the properties
   * @throws KafkaException if an address or a property is wrong
   */
  public KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> defaults) {
    Map<String, Object> all = new HashMap<>();
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    all.putAll(defaults);
    return made(
        settings(all),
        settings ->
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /**
   * @throws KafkaException if an address or a property is wrong
   */
  public KafkaProducer<byte[], byte[]> producer(Map<String, Object> defaults) {
    return made(
        settings(defaults),
        settings ->
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /**
   * @throws KafkaException if an address or a property is wrong
   */
  public Admin admin(Map<String, Object> defaults) {
    return made(settings(defaults), Admin::create);
  }

  /**
   * Asks the brokers for the cluster's description, to report a wrong address or a refused login
   * early.
   *
   * @throws KafkaException with a message of one line, if no broker answers or a broker refuses
   */
  public void requireBroker(Duration wait) {
    try (Admin admin = admin(waiting(wait))) {
      admin.describeCluster().nodes().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new KafkaException("no broker answers at " + bootstrapServers, e);
      }
      throw new KafkaException(
          "the broker at %s refuses: %s".formatted(bootstrapServers, e.getCause().getMessage()), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** The brokers only: the properties may hold a login. */
  @Override
  public String toString() {
    return "KafkaClients[" + bootstrapServers + ']';
  }

  /** Kafka's own "Failed to construct kafka consumer" hides the reason, which is in its causes. */
  private static <T> T made(Map<String, Object> settings, Function<Map<String, Object>, T> client) {
    try {
      return client.apply(settings);
    } catch (KafkaException e) {
      Throwable why = e;
      while (why.getCause() != null && SAYS_NOTHING.matcher("" + why.getMessage()).matches()) {
        why = why.getCause();
      }
      throw why instanceof KafkaException known ? known : new KafkaException(why.getMessage(), e);
    }
  }
}
