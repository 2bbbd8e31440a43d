package io.afterimage.gateway;

import io.afterimage.wire.FrameRecord;
import io.afterimage.wire.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Writes encoded images to the topic of frames, in the form of {@link FrameRecord}. Idempotent: a
 * retry neither duplicates nor reorders frames. Safe for use by many threads.
 */
public final class FramePublisher implements AutoCloseable {
  /** The default number of records in flight at which {@link #publish} blocks. */
  public static final int MAX_IN_FLIGHT = 256;

  private static final Duration ANSWER = Duration.ofSeconds(15);

  /** Properties that the publisher's guarantees depend on. */
  private static final List<String> OWN =
      List.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Semaphore inFlight;

  /**
   * @param producer the producer; closed with this publisher
   * @param topic the topic of frames
   * @param maxInFlight most records in flight; {@link #publish} blocks at this number
   */
  public FramePublisher(Producer<byte[], byte[]> producer, String topic, int maxInFlight) {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight must be >= 1, but was " + maxInFlight);
    }
    this.producer = producer;
    this.topic = topic;
    this.inFlight = new Semaphore(maxInFlight);
  }

  /**
   * Connects to the brokers and looks up the topic, to report a wrong address or a refused login at
   * once rather than as missing frames.
   *
   * @param properties additional properties of the producer (TLS, SASL, ...); they win over the
   *     defaults
   * @throws IllegalArgumentException if a property is given that the publisher itself sets
   * @throws ConfigException if a property's value is wrong
   * @throws KafkaException if no broker answers, they refuse, or there is no such topic
   */
  public static FramePublisher connect(
      String bootstrapServers, String topic, Map<String, String> properties) {
    KafkaClients clients = new KafkaClients(bootstrapServers, properties);
    Map<String, Object> defaults = defaults(properties);
    clients.requireBroker(ANSWER);
    KafkaProducer<byte[], byte[]> producer = clients.producer(defaults);
    try {
      producer.partitionsFor(topic);
    } catch (TimeoutException e) {
      producer.close(Duration.ZERO);
      throw new KafkaException("there is no such topic", e);
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
    return new FramePublisher(producer, topic, MAX_IN_FLIGHT);
  }

  /**
   * The producer's defaults, which the user's properties override.
   *
   * @throws IllegalArgumentException if one of those must not be changed
   */
  static Map<String, Object> defaults(Map<String, String> properties) {
    for (String name : OWN) {
      if (properties.containsKey(name)) {
        throw new IllegalArgumentException(name + " is set by the publisher and cannot be changed");
      }
    }
    return Map.of(
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        true,
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.CLIENT_ID_CONFIG,
        "afterimage-gateway",
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        ANSWER.toMillis(),
        // Images rarely fit the default batch of 16 KiB, and are compressed already.
        ProducerConfig.BATCH_SIZE_CONFIG,
        256 * 1024,
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        "none");
  }

  /**
   * Sends one image; blocks while too many are in flight.
   *
   * @param done called once, from any thread, when the record is stored (null) or lost (its
   *     exception)
   */
  public void publish(
      String camera, long captureTimeMillis, byte[] image, Consumer<@Nullable Exception> done)
      throws InterruptedException {
    inFlight.acquire();
    try {
      producer.send(
          new ProducerRecord<>(topic, null, captureTimeMillis, FrameRecord.key(camera), image),
          (metadata, failure) -> {
            inFlight.release();
            done.accept(failure);
          });
    } catch (KafkaException e) {
      inFlight.release();
      if (e instanceof InterruptException) {
        throw new InterruptedException("interrupted while sending a frame of " + camera);
      }
      done.accept(e);
    }
  }

  /** Waits until every image sent so far is stored or lost. */
  public void flush() {
    producer.flush();
  }

  /** Waits at most half a minute for the records in flight, and closes the producer. */
  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
