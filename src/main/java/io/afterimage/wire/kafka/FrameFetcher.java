package io.afterimage.wire.kafka;

import io.afterimage.wire.FrameRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Fetches the encoded pictures of frames from the topic of frames. Thread-safe. */
public final class FrameFetcher implements AutoCloseable {
  private static final int FETCH_BYTES = 64 << 10;

  private final String topic;
  private final Duration wait;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param topic the topic of frames
   * @param wait how long to wait for one answer of a broker
   */
  public FrameFetcher(KafkaClients clients, String topic, Duration wait) {
    this.topic = topic;
    this.wait = wait;
    this.consumer =
        clients.consumer(
            Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                FETCH_BYTES));
  }

  /**
   * The encoded pictures of those frames that the topic still holds.
   *
   * @throws org.apache.kafka.common.KafkaException if no broker answers
   */
  public synchronized Map<FrameRef, byte[]> fetch(Collection<FrameRef> frames) {
    int partitions = consumer.partitionsFor(topic, wait).size();
    Set<TopicPartition> asked =
        frames.stream()
            .map(FrameRef::partition)
            .filter(partition -> partition < partitions)
            .map(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toSet());
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(asked, wait);
    Map<TopicPartition, Long> ends = consumer.endOffsets(asked, wait);
    Map<FrameRef, byte[]> pictures = new HashMap<>();
    for (FrameRef each : frames) {
      TopicPartition partition = new TopicPartition(topic, each.partition());
      if (asked.contains(partition)
          && each.offset() >= begins.get(partition)
          && each.offset() < ends.get(partition)) {
        fetch(each, partition, pictures);
      }
    }
    return pictures;
  }

  private void fetch(FrameRef frame, TopicPartition partition, Map<FrameRef, byte[]> pictures) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, frame.offset());
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      if (record.value() != null && isOf(record, frame)) {
        pictures.put(frame, record.value());
      }
    }
  }

  /** Whether a record is that frame, and not one of a recreated topic. */
  private static boolean isOf(ConsumerRecord<byte[], byte[]> record, FrameRef frame) {
    return record.offset() == frame.offset()
        && record.timestamp() == frame.captureMillis()
        && record.key() != null
        && new String(record.key(), StandardCharsets.UTF_8).equals(frame.camera());
  }

  @Override
  public synchronized void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
