package io.afterimage.page;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Fetches single records of the topic of frames by their place in it. Thread-safe. */
final class FrameFetcher implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(2);

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;

  FrameFetcher(KafkaClients clients, String topic) {
    this.topic = topic;
    this.consumer = clients.withProperty("max.poll.records", "1").consumer();
  }

  /** The record's value; null if the topic no longer holds it or Kafka does not answer. */
  synchronized byte @Nullable [] fetch(FrameRef frame) {
    TopicPartition partition = new TopicPartition(topic, frame.partition());
    try {
      if (frame.partition() >= consumer.partitionsFor(topic, WAIT).size()) {
        return null;
      }
      consumer.assign(List.of(partition));
      Long begin = consumer.beginningOffsets(List.of(partition), WAIT).get(partition);
      Long end = consumer.endOffsets(List.of(partition), WAIT).get(partition);
      if (frame.offset() < begin || frame.offset() >= end) {
        return null;
      }
      consumer.seek(partition, frame.offset());
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
        return record.offset() == frame.offset() ? record.value() : null;
      }
      return null;
    } catch (KafkaException e) {
      return null;
    }
  }

  @Override
  public synchronized void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
