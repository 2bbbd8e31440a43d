package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.wire.FrameRecord;
import io.afterimage.wire.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FramePublisherTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

  @Test
  void publish_frame_hasTheRecordFormat() throws Exception {
    try (FramePublisher publisher = new FramePublisher(producer, "frames", 8)) {
      publisher.publish("door", 1234, new byte[] {1, 2}, failure -> {});
      ProducerRecord<byte[], byte[]> record = producer.history().get(0);
      assertThat(record.topic()).isEqualTo("frames");
      assertThat(record.key()).isEqualTo(FrameRecord.key("door"));
      assertThat(record.timestamp()).isEqualTo(1234);
      assertThat(record.value()).containsExactly(1, 2);
      assertThat(record.partition()).isNull();
    }
  }

  @Test
  void publish_acknowledgedOrRefused_saysSoOnce() throws Exception {
    List<String> outcomes = new ArrayList<>();
    try (FramePublisher publisher = new FramePublisher(producer, "frames", 8)) {
      for (int i = 0; i < 2; i++) {
        publisher.publish(
            "door",
            i,
            new byte[1],
            failure -> outcomes.add(failure == null ? "stored" : failure.getMessage()));
      }
      producer.completeNext();
      producer.errorNext(new RecordTooLargeException("too large"));
    }
    assertThat(outcomes).containsExactly("stored", "too large");
  }

  @Test
  void publish_tooManyInFlight_waits() throws Exception {
    try (FramePublisher publisher = new FramePublisher(producer, "frames", 2)) {
      publisher.publish("door", 1, new byte[1], failure -> {});
      publisher.publish("door", 2, new byte[1], failure -> {});
      CompletableFuture<Void> third =
          CompletableFuture.runAsync(
              () -> {
                try {
                  publisher.publish("door", 3, new byte[1], failure -> {});
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(third).isNotDone();
      assertThat(producer.history()).hasSize(2);
      producer.completeNext();
      third.join();
      assertThat(producer.history()).hasSize(3);
    }
  }

  @Test
  void defaults_ofThePublisher_cannotBeChanged() {
    assertThatThrownBy(() -> FramePublisher.defaults(Map.of("acks", "1")))
        .hasMessage("acks is set by the publisher and cannot be changed");
  }

  @Test
  void defaults_others_loseToProperties() {
    Map<String, String> properties = Map.of("batch.size", "1");
    assertThat(new KafkaClients("b:1", properties).settings(FramePublisher.defaults(properties)))
        .containsEntry("batch.size", "1")
        .containsEntry("bootstrap.servers", "b:1")
        .containsEntry("enable.idempotence", true);
  }
}
