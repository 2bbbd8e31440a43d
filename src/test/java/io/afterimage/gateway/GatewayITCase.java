package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.cli.GatewayMain;
import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.frame.FrameDecoderSettings;
import io.afterimage.local.EmbeddedKafka;
import io.afterimage.local.SecuredKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  private static SecuredKafka secured;
  private static EmbeddedKafka kafka;

  @TempDir private static Path directory;
  private static Path video;

  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void startKafka() throws Exception {
    secured = SecuredKafka.start(directory);
    kafka = secured.open();
    video = directory.resolve("door.y4m");
    TestVideo.write(video, 20, 10, 96, 64);
  }

  @AfterAll
  static void stopKafka() {
    secured.close();
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
  void main_fileOfFortyCameras_publishesEveryOne() throws Exception {
    kafka.createTopic("forty", 1, Map.of());
    List<String> ids = IntStream.rangeClosed(1, 40).mapToObj(i -> "cam-" + i).toList();
    Path cameras =
        Files.write(
            directory.resolve("cameras.txt"),
            ids.stream().map(id -> "%s=%s".formatted(id, video)).toList());

    int exitCode =
        run("--cameras-file=" + cameras, "--loop", "--frames=25", "--fps=10", "--topic=forty");

    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    Map<String, Long> frames =
        read("forty", 40 * 25).stream()
            .collect(Collectors.groupingBy(ConsumerRecord::key, Collectors.counting()));
    assertThat(frames).containsOnlyKeys(ids);
    assertThat(frames.values()).containsOnly(25L);
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

  @Test
  void main_overTlsWithPasswordFromAFile_publishes() throws Exception {
    kafka.createTopic("guarded", 1, Map.of());

    int exitCode =
        runOn(
            secured.bootstrapServers(),
            "--simulate=gate=1",
            "--frames=3",
            "--fps=10",
            "--topic=guarded",
            "--kafka-config=" + file(secured.clientProperties()));

    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(read("guarded", 3)).hasSize(3);
  }

  @Test
  void main_withWrongPassword_saysSoWithoutIt() throws Exception {
    int exitCode =
        runOn(
            secured.bootstrapServers(),
            "--simulate=gate=1",
            "--topic=frames",
            "--kafka-config=" + file(secured.clientProperties(SecuredKafka.SECRET + "-wrong")));

    assertThat(exitCode).isNotZero();
    assertThat(err.toString())
        .contains("Authentication failed")
        .doesNotContain(SecuredKafka.SECRET);
  }

  private static Path file(Map<String, String> clientProperties) throws Exception {
    Properties properties = new Properties();
    properties.putAll(clientProperties);
    Path file = Files.createTempFile(directory, "client", ".properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }

  private int run(String... args) {
    return runOn(kafka.bootstrapServers(), args);
  }

  private int runOn(String bootstrapServers, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--bootstrap-servers=" + bootstrapServers);
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
