package io.afterimage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void consume_afterRestartOnSameDirectory_seesRecordsOfBothRuns(@TempDir Path directory)
      throws Exception {
    int port;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      kafka.createTopic("letters", 1);
      produce(kafka, "letters", "a", "b");
      assertThat(consume(kafka, "letters", 2)).containsExactly("a", "b");
      port = kafka.port();
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, port)) {
      produce(kafka, "letters", "c");
      assertThat(consume(kafka, "letters", 3)).containsExactly("a", "b", "c");
      assertThat(kafka.port()).isEqualTo(port);
    }
    assertThat(directory).isNotEmptyDirectory();
  }

  @Test
  void close_ownDirectory_deletesIt() {
    EmbeddedKafka kafka = EmbeddedKafka.start();
    Path directory = kafka.directory();
    kafka.close();
    kafka.close();
    assertThat(Files.exists(directory)).isFalse();
  }

  @Test
  void createTopic_config_isTheTopics() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        var admin = kafka.admin()) {
      kafka.createTopic("small", 3, Map.of("retention.bytes", "2097152"));
      var resource =
          new org.apache.kafka.common.config.ConfigResource(
              org.apache.kafka.common.config.ConfigResource.Type.TOPIC, "small");
      var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      assertThat(config.get("retention.bytes").value()).isEqualTo("2097152");
      var topic = admin.describeTopics(List.of("small")).allTopicNames().get().get("small");
      assertThat(topic.partitions()).hasSize(3);
      assertThatThrownBy(() -> kafka.createTopic("small", 3))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("small");
    }
  }

  @Test
  void start_portTaken_namesThePort(@TempDir Path directory) {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      assertThatThrownBy(() -> EmbeddedKafka.start(directory, kafka.port()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(Integer.toString(kafka.port()));
    }
  }

  private static void produce(EmbeddedKafka kafka, String topic, String... values)
      throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value)).get();
      }
    }
  }

  private static List<String> consume(EmbeddedKafka kafka, String topic, int count) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest");
    List<String> values = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
