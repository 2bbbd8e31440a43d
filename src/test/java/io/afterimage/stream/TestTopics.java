package io.afterimage.stream;

import io.afterimage.local.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills and reads whole topics. */
final class TestTopics {
  /** Between two looks at a topic (milliseconds), of which a minute holds fewer than these. */
  private static final long PAUSE = 20;

  private static final int ATTEMPTS = 3000;

  private final EmbeddedKafka kafka;

  TestTopics(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  /** One record to publish. */
  record Message(byte[] key, byte[] value, long timestamp) {}

  /** Makes a topic of one partition, and fills it in the order of the list. */
  void fill(String topic, List<Message> messages) throws Exception {
    fill(topic, 1, messages);
  }

  /** Makes a topic that takes any timestamp, and fills it; a key keeps to one partition. */
  void fill(String topic, int partitions, List<Message> messages) throws Exception {
    kafka.createTopic(
        topic,
        partitions,
        Map.of(
            "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE),
            "max.message.bytes", Integer.toString(16 << 20),
            "retention.ms", "-1"));
    send(topic, messages, message -> Math.floorMod(Arrays.hashCode(message.key()), partitions));
  }

  /** Adds to the first partition of a topic that is there. */
  void append(String topic, List<Message> messages) throws Exception {
    append(topic, 0, messages);
  }

  /** Adds to a partition of a topic that is there. */
  void append(String topic, int partition, List<Message> messages) throws Exception {
    send(topic, messages, message -> partition);
  }

  private void send(String topic, List<Message> messages, ToIntFunction<Message> partition)
      throws Exception {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "enable.idempotence",
            true,
            "max.request.size",
            16 << 20);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (Message message : messages) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    topic,
                    partition.applyAsInt(message),
                    message.timestamp(),
                    message.key(),
                    message.value())));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    }
  }

  void create(String topic) {
    kafka.createTopic(topic, 1);
  }

  /** The offset that a group has committed in a topic; 0 before the first commit. */
  long committed(String group, String topic) throws Exception {
    try (Admin admin = kafka.admin()) {
      OffsetAndMetadata offset =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(new TopicPartition(topic, 0));
      return offset == null ? 0 : offset.offset();
    }
  }

  /** Waits until a group has read a topic up to an offset. */
  void awaitCommitted(String group, String topic, long offset) throws Exception {
    CommonTestUtils.waitUntilCondition(() -> committed(group, topic) >= offset, PAUSE, ATTEMPTS);
  }

  /** Waits until a topic holds so many records. */
  void awaitRecords(String topic, int count) throws Exception {
    CommonTestUtils.waitUntilCondition(() -> read(topic).size() >= count, PAUSE, ATTEMPTS);
  }

  /** Everything that a topic holds now, also of transactions that did not end well. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return read(topic, "read_uncommitted");
  }

  /** The records of a topic before the first open transaction, without aborted ones. */
  List<ConsumerRecord<byte[], byte[]>> readCommitted(String topic) {
    return read(topic, "read_committed");
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic, String isolation) {
    TopicPartition partition = new TopicPartition(topic, 0);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", isolation),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
