package io.afterimage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.FrameSource;
import io.afterimage.gateway.FramePublisher;
import io.afterimage.lab.simulation.SimulatedSource;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.lab.simulation.SimulationSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CameraPlayerITCase {
  private static final long START = 1_700_000_000_000L;
  private static final int MOST_AHEAD = 60;

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void play_simulatedCameras_publishesByCaptureTimeAndNeverTooFarAhead() throws Exception {
    List<ConsumerRecord<String, byte[]>> first = play("first");
    List<ConsumerRecord<String, byte[]>> second = play("second");
    assertThat(first).hasSizeGreaterThanOrEqualTo(200);
    for (int i = 0; i < 200; i++) {
      ConsumerRecord<String, byte[]> record = first.get(i);
      assertThat(record.timestamp()).isEqualTo(START + i / 2 * 200L);
      assertThat(record.key()).isEqualTo("camera-" + i % 2);
      assertThat(second.get(i).value()).isEqualTo(record.value());
    }
  }

  private static List<ConsumerRecord<String, byte[]>> play(String topic) throws Exception {
    kafka.createTopic(topic, 1);
    SimulationSettings settings = SimulationSettings.balanced(1, 2, 3);
    List<SimulatedSource> cameras =
        Simulation.procedural(settings).cameras().stream()
            .map(camera -> new SimulatedSource(camera, settings, START))
            .toList();
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (Admin admin = kafka.admin();
        FramePublisher publisher =
            FramePublisher.connect(kafka.bootstrapServers(), topic, Map.of());
        CameraPlayer player =
            new CameraPlayer(
                List.copyOf(cameras),
                publisher,
                new ConsumerLag(admin, "group-" + topic, topic, 0, MOST_AHEAD));
        KafkaConsumer<String, byte[]> consumer = consumer("group-" + topic)) {
      player.start();
      consumer.subscribe(List.of(topic));
      while (records.size() < 200) {
        assertThat(player.published()).isLessThanOrEqualTo(records.size() + MOST_AHEAD);
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        consumer.commitSync();
      }
    }
    return records;
  }

  @Test
  void finished_sourceFails_tellsWhy() throws Exception {
    kafka.createTopic("broken", 1);
    try (FramePublisher publisher =
            FramePublisher.connect(kafka.bootstrapServers(), "broken", Map.of());
        CameraPlayer player =
            new CameraPlayer(List.of(new BrokenSource()), publisher, published -> {})) {
      player.start();
      assertThatThrownBy(() -> player.finished().get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("lens cap");
    }
  }

  private static KafkaConsumer<String, byte[]> consumer(String group) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "group.id",
            group,
            "enable.auto.commit",
            "false",
            "auto.offset.reset",
            "earliest"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Gives one picture, and then no more. */
  private static final class BrokenSource implements FrameSource {
    private boolean given;

    @Override
    public String camera() {
      return "broken";
    }

    @Override
    public boolean live() {
      return false;
    }

    @Override
    public void open() {}

    @Override
    public @Nullable CapturedImage next() throws IOException {
      if (given) {
        throw new IOException("lens cap on");
      }
      given = true;
      return new CapturedImage(START, 16, 16, new byte[16 * 16 * 3]);
    }

    @Override
    public void close() {}
  }
}
