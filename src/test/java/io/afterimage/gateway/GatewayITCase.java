package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.frame.FrameDecoderSettings;
import io.afterimage.local.EmbeddedKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GatewayITCase {
  private static final String START = "2024-05-06T07:08:09Z";

  private static EmbeddedKafka kafka;

  @TempDir private static Path directory;
  private static Path video;

  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = EmbeddedKafka.start();
    video = directory.resolve("door.avi");
    TestVideo.write(video, 20, 10, 96, 64);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void main_simulatedCameras_publishSoManyFramesEach() throws Exception {
    kafka.createTopic("simulated", 1, Map.of());

    int exitCode = run("--simulate=yard=3", "--frames=7", "--fps=10", "--topic=simulated");

    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(read("simulated", 21))
        .extracting(ConsumerRecord::key)
        .containsOnly("yard-1", "yard-2", "yard-3");
  }

  @Test
  void main_files_arriveInKafkaAsTheyWere() throws Exception {
    kafka.createTopic("frames", 1, Map.of());

    int exitCode =
        run(
            "--camera=" + video,
            "--camera=second=" + video,
            "--fps=10",
            "--width=48",
            "--start-time=" + START,
            "--topic=frames");

    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    List<ConsumerRecord<String, byte[]>> records = read("frames", 40);
    try (FrameDecoder decoder =
        new FrameDecoder(new FrameDecoderSettings(32, 1 << 20, 8, 1 << 20))) {
      for (String camera : List.of("door", "second")) {
        List<ConsumerRecord<String, byte[]>> own =
            records.stream().filter(record -> record.key().equals(camera)).toList();
        assertThat(own).hasSize(20);
        for (int i = 0; i < own.size(); i++) {
          ConsumerRecord<String, byte[]> record = own.get(i);
          assertThat(record.timestamp()).isEqualTo(Instant.parse(START).toEpochMilli() + 100L * i);
          Frame frame =
              decoder.decode(
                  new EncodedFrame(camera, record.timestamp(), record.value(), 0, record.offset()));
          assertThat(frame.pixels()[0] & 0xff)
              .isBetween(TestVideo.gray(i) - 5, TestVideo.gray(i) + 5);
        }
      }
    }
    long newest = 0;
    for (ConsumerRecord<String, byte[]> record : records) {
      assertThat(record.timestamp())
          .as("cameras are kept in step")
          .isGreaterThanOrEqualTo(newest - StreamClock.MAX_LEAD_MILLIS);
      newest = Math.max(newest, record.timestamp());
    }
  }

  @Test
  void main_missingTopic_saysSo() {
    int exitCode = run("--camera=" + video, "--topic=none", "--kafka-property=max.block.ms=1000");
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "--bootstrap-servers %s, --topic none: there is no such topic"
                .formatted(kafka.bootstrapServers()));
  }

  @Test
  void main_fileThatIsNoVideo_fails() throws Exception {
    kafka.createTopic("unread", 1, Map.of());
    Path text = Files.writeString(directory.resolve("text.avi"), "no video");
    assertThat(run("--camera=" + text, "--topic=unread")).isEqualTo(1);
  }

  private int run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--bootstrap-servers=" + kafka.bootstrapServers());
    all.add("--metrics-port=0");
    CommandLine commandLine = GatewayMain.commandLine();
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(all.toArray(String[]::new));
  }

  private static List<ConsumerRecord<String, byte[]>> read(String topic, int count) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (records.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }
}
