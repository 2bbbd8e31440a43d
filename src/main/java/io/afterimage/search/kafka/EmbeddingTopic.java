package io.afterimage.search.kafka;

import io.afterimage.search.EmbeddingIndexer;
import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import io.afterimage.wire.kafka.KafkaClients;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of embeddings into an index, from the index's last position. Belongs to one
 * thread.
 */
public final class EmbeddingTopic implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingTopic.class);

  /** Timeout for an answer of a broker. */
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration DISCOVERY_INTERVAL = Duration.ofSeconds(30);

  private final String topic;
  private final String id;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private long added;
  private long unreadable;
  private long missed;

  private EmbeddingTopic(String topic, String id, KafkaConsumer<byte[], byte[]> consumer) {
    this.topic = topic;
    this.id = id;
    this.consumer = consumer;
  }

  /**
   * @throws IOException if no broker answers, or there is no such topic
   */
  public static EmbeddingTopic open(KafkaClients clients, String topic) throws IOException {
    try {
      clients.requireBroker(ANSWER);
    } catch (KafkaException e) {
      throw new IOException(e.getMessage(), e);
    }
    try (Admin admin = clients.admin(KafkaClients.waiting(ANSWER))) {
      TopicDescription description =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
      return new EmbeddingTopic(topic, description.topicId().toString(), consumer(clients));
    } catch (ExecutionException e) {
      throw new IOException(
          "the topic %s at %s cannot be read: %s"
              .formatted(topic, clients.bootstrapServers(), e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(KafkaClients clients) {
    Map<String, Object> settings = new HashMap<>(KafkaClients.waiting(ANSWER));
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return clients.consumer(settings);
  }

  /** Kafka's id of the topic; a recreated topic has another one. */
  public String id() {
    return id;
  }

  /** Embeddings that were added to an index. */
  public long added() {
    return added;
  }

  /** Records that were not embeddings. */
  public long unreadable() {
    return unreadable;
  }

  /** Records that the topic's retention deleted before they were indexed. */
  public long missed() {
    return missed;
  }

  /** Receives the progress of reading. */
  @FunctionalInterface
  public interface Progress {
    /**
     * @param added embeddings added so far
     * @param left records of the topic not read yet
     */
    void at(long added, long left);
  }

  /**
   * Adds the topic's present records, and commits.
   *
   * @param stop whether to end early; the records added so far are committed
   * @throws IOException if the index does not match the topic
   */
  public void update(EmbeddingIndexer index, Progress progress, BooleanSupplier stop)
      throws IOException {
    read(index, progress, stop, false);
  }

  /** Adds records as they arrive, and commits every few seconds, until told to stop. */
  public void follow(EmbeddingIndexer index, Progress progress, BooleanSupplier stop)
      throws IOException {
    read(index, progress, stop, true);
  }

  private void read(EmbeddingIndexer index, Progress progress, BooleanSupplier stop, boolean follow)
      throws IOException {
    Map<TopicPartition, Long> ends = assign(index);
    long discovered = System.nanoTime();
    long committed = System.nanoTime();
    while (!stop.getAsBoolean() && (follow || left(ends) > 0)) {
      if (follow && isOver(DISCOVERY_INTERVAL, discovered)) {
        ends = assign(index);
        discovered = System.nanoTime();
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> each : records) {
        add(each, index);
      }
      for (TopicPartition partition : consumer.assignment()) {
        index.position(partition.partition(), consumer.position(partition));
      }
      progress.at(added, left(follow ? currentEnds(ends) : ends));
      if (isOver(COMMIT_INTERVAL, committed)) {
        index.commit();
        committed = System.nanoTime();
      }
    }
    index.commit();
  }

  private static boolean isOver(Duration interval, long since) {
    return System.nanoTime() - since >= interval.toNanos();
  }

  /** The end offsets that the consumer knows without a request. */
  private Map<TopicPartition, Long> currentEnds(Map<TopicPartition, Long> before) {
    Map<TopicPartition, Long> ends = new HashMap<>(before);
    for (TopicPartition each : consumer.assignment()) {
      OptionalLong lag = consumer.currentLag(each);
      if (lag.isPresent()) {
        ends.put(each, consumer.position(each) + lag.getAsLong());
      }
    }
    return ends;
  }

  private long left(Map<TopicPartition, Long> ends) {
    long left = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      left += Math.max(0, end.getValue() - consumer.position(end.getKey()));
    }
    return left;
  }

  /**
   * Assigns all partitions, from the index's last positions.
   *
   * @return their ends
   */
  private Map<TopicPartition, Long> assign(EmbeddingIndexer index) throws IOException {
    List<TopicPartition> partitions = new ArrayList<>();
    consumer
        .partitionsFor(topic)
        .forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    consumer.assign(partitions);
    for (TopicPartition each : partitions) {
      long begin = begins.get(each);
      long end = ends.get(each);
      OptionalLong left = index.position(each.partition());
      if (left.isPresent() && left.getAsLong() > end) {
        throw new IOException(
            ("the index has read partition %d of %s up to offset %d, but it ends at %d: the"
                    + " topic has lost records; --rebuild starts over")
                .formatted(each.partition(), topic, left.getAsLong(), end));
      }
      if (left.isPresent() && left.getAsLong() < begin) {
        missed += begin - left.getAsLong();
      }
      consumer.seek(each, Math.max(begin, left.orElse(begin)));
    }
    return ends;
  }

  private void add(ConsumerRecord<byte[], byte[]> each, EmbeddingIndexer index) throws IOException {
    try {
      index.add(decode(each));
      added++;
    } catch (IllegalArgumentException e) {
      unreadable++;
      LOG.debug(
          "The record at offset {} of partition {} is not an embedding",
          each.offset(),
          each.partition(),
          e);
    }
  }

  private static FrameEmbedding decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      return FrameEmbeddingCodec.decode(record.key(), record.value());
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
