package io.afterimage.cli.topics;

import io.afterimage.wire.RejectedRecord;
import io.afterimage.wire.kafka.KafkaClients;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Reads the present records of a topic.
 *
 * @param clients clients of its brokers
 * @param topic its name
 */
record TopicReader(KafkaClients clients, String topic) {
  private static final Duration POLL = Duration.ofSeconds(1);

  private KafkaConsumer<byte[], byte[]> consumer() {
    return clients.consumer(
        Map.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_uncommitted"));
  }

  private List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  /** The number of records in the topic. */
  long records() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer);
      return sum(consumer.endOffsets(partitions)) - sum(consumer.beginningOffsets(partitions));
    }
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The number of records that a consumer group has not read yet. */
  long lag(String group) throws IOException, InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer();
        Admin admin = clients.admin(Map.of())) {
      List<TopicPartition> partitions = partitions(consumer);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      long lag = 0;
      for (TopicPartition partition : partitions) {
        OffsetAndMetadata offset = committed.get(partition);
        lag += ends.get(partition) - (offset == null ? begins.get(partition) : offset.offset());
      }
      return lag;
    } catch (ExecutionException e) {
      throw new IOException(
          "the offsets of group %s could not be read: %s"
              .formatted(group, e.getCause().getMessage()),
          e);
    }
  }

  /** Passes on each record from the beginning to the present end. */
  void each(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(POLL).forEach(sink);
      }
    }
  }

  /** Reads a dead letter's headers. */
  static RejectedRecord rejected(ConsumerRecord<?, ?> letter) {
    return RejectedRecord.read(
        name -> {
          Header header = letter.headers().lastHeader(name);
          return header == null ? null : header.value();
        });
  }
}
