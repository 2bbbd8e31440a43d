package io.afterimage.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.local.EmbeddedKafka;
import io.afterimage.wire.FrameRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FrameFetcherITCase {
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final Map<String, String> ANY_TIME =
      Map.of("retention.ms", "-1", "message.timestamp.after.max.ms", "9223372036854775807");
  private static EmbeddedKafka kafka;
  private static KafkaClients clients;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
    clients = new KafkaClients(kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void fetch_isByPlaceCameraAndTime() throws Exception {
    kafka.createTopic("frames", 2, ANY_TIME);
    FrameRef gate = publish("frames", 0, "gate", 1000);
    FrameRef yard = publish("frames", 1, "yard", 2000);
    try (FrameFetcher fetcher = new FrameFetcher(clients, "frames", WAIT)) {
      assertThat(fetcher.fetch(List.of(gate, yard))).containsOnlyKeys(gate, yard);
      assertThat(fetcher.fetch(List.of(gate)).get(gate)).isEqualTo(bytes("gate 1000"));
      assertThat(
              fetcher.fetch(
                  List.of(
                      new FrameRef("yard", 1000, 0, gate.offset()),
                      new FrameRef("gate", 1001, 0, gate.offset()),
                      new FrameRef("gate", 1000, 0, gate.offset() + 1),
                      new FrameRef("gate", 1000, 2, gate.offset()))))
          .isEmpty();
    }
  }

  @Test
  void topicMadeAnew_showsNoOtherFrameAtTheOldOffset() throws Exception {
    kafka.createTopic("anew", 1, ANY_TIME);
    FrameRef before = publish("anew", 0, "gate", 1000);
    try (FrameFetcher fetcher = new FrameFetcher(clients, "anew", WAIT)) {
      assertThat(fetcher.fetch(List.of(before))).containsOnlyKeys(before);
      try (Admin admin = kafka.admin()) {
        admin.deleteTopics(List.of("anew")).all().get();
      }
      kafka.createTopic("anew", 1, ANY_TIME);
      FrameRef after = publish("anew", 0, "yard", 1000);
      assertThat(after.offset()).isEqualTo(before.offset());
      try (FrameFetcher other = new FrameFetcher(clients, "anew", WAIT)) {
        assertThat(other.fetch(List.of(before, after))).containsOnlyKeys(after);
      }
      assertThat(fetcher.fetch(List.of(before))).isEmpty();
    }
  }

  private static FrameRef publish(String topic, int partition, String camera, long millis)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = clients.producer(Map.of())) {
      long offset =
          producer
              .send(
                  new ProducerRecord<>(
                      topic, partition, millis, bytes(camera), bytes(camera + " " + millis)))
              .get()
              .offset();
      return new FrameRef(camera, millis, partition, offset);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
