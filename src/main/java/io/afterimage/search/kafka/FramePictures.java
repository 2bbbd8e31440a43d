package io.afterimage.search.kafka;

import io.afterimage.search.IndexedFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Fetches the pictures of frames from where they lie in the topic of frames. */
public final class FramePictures implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(5);

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;

  public FramePictures(Brokers brokers, String topic) {
    this.topic = topic;
    consumer =
        brokers.consumer(
            Map.of(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                64 << 10));
  }

  /**
   * The encoded pictures of those frames that the topic still holds.
   *
   * @throws org.apache.kafka.common.KafkaException if no broker answers
   */
  public Map<IndexedFrame, byte[]> fetch(Collection<IndexedFrame> frames) {
    Map<IndexedFrame, byte[]> pictures = new HashMap<>();
    int partitions = consumer.partitionsFor(topic).size();
    List<TopicPartition> asked = new ArrayList<>();
    for (IndexedFrame each : frames) {
      TopicPartition partition = new TopicPartition(topic, each.partition());
      if (each.partition() < partitions && !asked.contains(partition)) {
        asked.add(partition);
      }
    }
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(asked);
    Map<TopicPartition, Long> ends = consumer.endOffsets(asked);
    for (IndexedFrame each : frames) {
      TopicPartition partition = new TopicPartition(topic, each.partition());
      if (begins.containsKey(partition)
          && each.offset() >= begins.get(partition)
          && each.offset() < ends.get(partition)) {
        fetch(each, partition, pictures);
      }
    }
    return pictures;
  }

  private void fetch(
      IndexedFrame frame, TopicPartition partition, Map<IndexedFrame, byte[]> pictures) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, frame.offset());
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
      if (record.offset() == frame.offset() && record.value() != null && isOf(record, frame)) {
        pictures.put(frame, record.value());
      }
    }
  }

  /** A topic that was made anew has other frames at the same offsets. */
  private static boolean isOf(ConsumerRecord<byte[], byte[]> record, IndexedFrame frame) {
    return record.key() != null
        && new String(record.key(), StandardCharsets.UTF_8).equals(frame.camera())
        && record.timestamp() == frame.captureMillis();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
