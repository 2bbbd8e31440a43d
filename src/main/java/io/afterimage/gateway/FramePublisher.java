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
 * Writes encoded images to the topic of frames, as {@link FrameRecord} has them. Idempotent, so
 * that a retry neither doubles nor reorders frames. Safe for use by many threads.
 */
public final class FramePublisher implements AutoCloseable {
  /** Records on their way that make {@link #publish} wait, unless told otherwise. */
  public static final int MAX_IN_FLIGHT = 256;

  private static final Duration ANSWER = Duration.ofSeconds(15);

  /** Properties that make the publisher what it is. */
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
   * @param producer written to, and closed with this publisher
   * @param topic the topic of frames
   * @param maxInFlight records on their way at most; {@link #publish} waits when there are more
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
   * Connects to the brokers and asks them for the topic, so that a wrong address or a refused login
   * shows now rather than as frames that never arrive.
   *
   * @param properties more of the producer's properties (TLS, SASL, ...); they win over the
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
   * What the producer is made with, under a person's properties.
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
        // An image seldom fits the default batch of 16 KiB, and compresses no further.
        ProducerConfig.BATCH_SIZE_CONFIG,
        256 * 1024,
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        "none");
  }

  /**
   * Sends one image; waits while too many are on their way.
   *
   * @param done called once, from any thread, when the record is stored (null) or lost (why)
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

  /** Sends what is on its way, for at most half a minute, and closes the producer. */
  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
