package io.afterimage.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.frame.FrameDecoderSettings;
import io.afterimage.frame.JpegEncoder;
import io.afterimage.lab.simulation.SimulatedCamera;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.lab.simulation.SimulationSettings;
import io.afterimage.local.EmbeddedKafka;
import io.afterimage.model.Encoders;
import io.afterimage.model.LocalFiles;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.model.SnapshotRegistry;
import io.afterimage.search.EmbeddingIndex;
import io.afterimage.search.EmbeddingIndexer;
import io.afterimage.search.Keep;
import io.afterimage.search.kafka.EmbeddingTopic;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.wire.EncoderId;
import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import io.afterimage.wire.kafka.KafkaClients;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search over a broker's topics, with frames that an encoder embedded. */
class SearchITCase {
  private static final EncoderSettings ENCODER =
      new EncoderSettings("resnet-s", 8, 1, 16, Normalization.GROUP, 16);
  private static final EncoderSnapshot FIRST = Encoders.snapshot(ENCODER, 100, 1);
  private static final EncoderSnapshot SECOND = Encoders.snapshot(ENCODER, 200, 2);
  private static final int CAMERAS = 3;
  private static final int FRAMES_PER_CAMERA = 60;

  /** From this frame of each camera on, the second encoder embeds. */
  private static final int SECOND_FROM = 20;

  private static final long START = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static EmbeddedKafka kafka;
  @TempDir private static Path shared;
  private static Path snapshots;
  private static List<Published> frames;

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** A frame as it lies in the topic. */
  private record Published(String camera, long time, byte[] jpeg, int partition, long offset) {}

  @BeforeAll
  static void publish() throws Exception {
    kafka = EmbeddedKafka.start();
    snapshots = shared.resolve("snapshots");
    SnapshotRegistry registry = new SnapshotRegistry(new LocalFiles(), snapshots.toString());
    registry.publish(FIRST, Map.of());
    registry.publish(SECOND, Map.of());
    Map<String, String> anyTime =
        Map.of(
            "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE), "retention.ms", "-1");
    kafka.createTopic("frames", 2, anyTime);
    kafka.createTopic("embeddings", 2, anyTime);
    frames = publishFrames();
    publishEmbeddings("embeddings", frames);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void like_aFramesPicture_findsThatFrame() throws Exception {
    Published wanted = frames.get(CAMERAS * 40 + 1);
    Path image = directory.resolve("wanted.jpg");
    Files.write(image, wanted.jpeg());

    assertThat(search("--json", "--like", image.toString(), "--snapshots", snapshots.toString()))
        .as("%s", err)
        .isZero();

    List<JsonNode> found = found();
    assertThat(found.get(0).get("similarity").asDouble()).isGreaterThan(0.9999);
    assertThat(found.get(0).get("camera").asText()).isEqualTo(wanted.camera());
    assertThat(found.get(0).get("captureMillis").asLong()).isEqualTo(wanted.time());
    assertThat(found.get(0).get("time").asText()).startsWith("2026-01-31T12:00:");
    assertThat(found)
        .allMatch(each -> each.get("encoderId").asText().equals(EncoderId.hex(id(SECOND))));
    assertThat(err.toString())
        .contains("120 frames that the encoder " + EncoderId.hex(id(SECOND)))
        .contains("60 frames of 1 other encoder cannot be compared");
    BufferedImage sheet = ImageIO.read(directory.resolve("sheet.png").toFile());
    assertThat(sheet.getWidth()).isGreaterThan(1000);
  }

  @Test
  void like_byAnOlderEncoder_findsItsFrames() throws Exception {
    Published wanted = frames.get(CAMERAS * 3);
    Path image = directory.resolve("wanted.jpg");
    Files.write(image, wanted.jpeg());

    assertThat(
            search(
                "--json",
                "--like",
                image.toString(),
                "--snapshots",
                snapshots.toString(),
                "--encoder",
                EncoderId.hex(id(FIRST))))
        .as("%s", err)
        .isZero();
    assertThat(found().get(0).get("captureMillis").asLong()).isEqualTo(wanted.time());
  }

  @Test
  void like_withoutASnapshotOfAnyEncoder_saysWhatIsThere() throws Exception {
    Path other = directory.resolve("other");
    new SnapshotRegistry(new LocalFiles(), other.toString())
        .publish(Encoders.snapshot(ENCODER, 7, 7), Map.of());
    Path image = directory.resolve("wanted.jpg");
    Files.write(image, frames.get(0).jpeg());

    assertThat(search("--like", image.toString(), "--snapshots", other.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains(EncoderId.hex(id(FIRST)), EncoderId.hex(id(SECOND)), "step-000000000007")
        .contains("--camera and --at");
  }

  @Test
  void camera_atATime_findsOthersByTheSameEncoder() throws Exception {
    Published wanted = frames.get(CAMERAS * 30);

    assertThat(
            search(
                "--camera",
                wanted.camera(),
                "--at",
                Times.show(wanted.time() + 40),
                "--count",
                "4"))
        .as("%s", err)
        .isZero();

    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).contains("similarity", "camera", "time (UTC)");
    assertThat(lines).noneMatch(line -> line.contains(Times.show(wanted.time())));
    assertThat(err.toString()).contains("(4 of 4 pictures)");
  }

  @Test
  void camera_withoutAFrameNearby_saysWhichIsNearest() {
    assertThat(search("--camera", frames.get(0).camera(), "--at", "2026-01-31 13:00")).isEqualTo(1);
    assertThat(err.toString()).contains("within 60 s of 2026-01-31 13:00:00.000", "nearest");

    assertThat(search("--camera", "nobody", "--at", "2026-01-31 12:00")).isEqualTo(1);
    assertThat(err.toString()).contains("nobody").contains(frames.get(0).camera());
  }

  @Test
  void cameraWithControlCharacters_isShownByEscapes() throws Exception {
    String nasty = "gate\u001b]0;owned\u0007\u0000\n\u202eyard";
    String shown = "gate\\u001b]0;owned\\u0007\\u0000\\n\\u202eyard";
    kafka.createTopic("nasty", 1, Map.of("retention.ms", "-1"));
    List<Published> published = new ArrayList<>();
    for (Published each : frames.subList(0, 3)) {
      published.add(
          new Published(nasty, each.time(), each.jpeg(), each.partition(), each.offset()));
    }
    publishEmbeddings("nasty", published);

    assertThat(search("--list", "--embeddings", "nasty")).as("%s", err).isZero();
    assertThat(out.toString().lines()).last().isEqualTo("Cameras: " + shown);
    assertThat(
            search(
                "--no-update",
                "--no-sheet",
                "--apart",
                "0s",
                "--camera",
                nasty,
                "--at",
                Times.show(published.get(0).time())))
        .as("%s", err)
        .isZero();
    assertThat(out.toString().lines().toList()).hasSize(3).last().asString().contains(shown);
    assertThat(search("--no-update", "--camera", "nobody", "--at", "2026-01-31 12:00"))
        .isEqualTo(1);
    assertThat(err.toString().lines()).singleElement().asString().contains(shown);
    assertThat(
            search(
                "--no-update",
                "--json",
                "--no-sheet",
                "--apart",
                "0s",
                "--camera",
                nasty,
                "--at",
                "2026-01-31 12:00"))
        .isZero();
    assertThat(found().get(0).get("camera").asText()).isEqualTo(nasty);
  }

  @Test
  void update_again_addsOnlyWhatIsNew_andPassesOverWhatIsNoEmbedding() throws Exception {
    kafka.createTopic("some", 2, Map.of("retention.ms", "-1"));
    publishEmbeddings("some", frames.subList(0, 10));
    assertThat(search("--update", "--embeddings", "some")).isZero();
    assertThat(err.toString()).contains("10 embeddings added");

    publishEmbeddings("some", frames.subList(5, 15));
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>("some", utf8("gate"), utf8("nonsense"))).get();
    }
    assertThat(search("--update", "--embeddings", "some")).isZero();
    assertThat(err.toString())
        .contains("10 embeddings added", "20 read in all", "1 records of the topic some");

    assertThat(search("--list", "--embeddings", "some")).isZero();
    assertThat(out.toString())
        .containsPattern(EncoderId.hex(id(FIRST)) + " +100 +15 ")
        .contains(frames.get(0).camera());
  }

  @Test
  void topicMadeAnew_isRefused_andRebuiltOnDemand() throws Exception {
    kafka.createTopic("one", 1, Map.of("retention.ms", "-1"));
    kafka.createTopic("two", 1, Map.of("retention.ms", "-1"));
    publishEmbeddings("one", frames.subList(0, 3));
    publishEmbeddings("two", frames.subList(3, 5));
    assertThat(search("--update", "--embeddings", "one")).isZero();

    assertThat(search("--update", "--embeddings", "two")).isEqualTo(1);
    assertThat(err.toString()).contains("another topic", "--rebuild");

    assertThat(search("--update", "--embeddings", "two", "--rebuild")).as("%s", err).isZero();
    assertThat(err.toString()).contains("2 embeddings added");
  }

  @Test
  void pictures_beyondRetention_areBlankWithTheirCaption() throws Exception {
    kafka.createTopic(
        "short",
        2,
        Map.of("retention.ms", "-1", "message.timestamp.after.max.ms", "9223372036854775807"));
    List<Published> again = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (Published each : frames.subList(CAMERAS * SECOND_FROM, frames.size())) {
        again.add(publish("short", each.camera(), each.time(), each.jpeg(), producer));
      }
    }
    kafka.createTopic("short-embeddings", 1, Map.of("retention.ms", "-1"));
    publishEmbeddings("short-embeddings", again);
    try (Admin admin = kafka.admin()) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition("short", 0), RecordsToDelete.beforeOffset(-1),
                  new TopicPartition("short", 1), RecordsToDelete.beforeOffset(-1)))
          .all()
          .get();
    }
    Published wanted = again.get(50);
    assertThat(
            search(
                "--embeddings",
                "short-embeddings",
                "--frames",
                "short",
                "--camera",
                wanted.camera(),
                "--at",
                Long.toString(wanted.time())))
        .as("%s", err)
        .isZero();
    assertThat(err.toString()).contains("(0 of ");
    BufferedImage sheet = ImageIO.read(directory.resolve("sheet.png").toFile());
    assertThat(new Color(sheet.getRGB(20, 20))).isEqualTo(new Color(0xe4e7eb));
  }

  @Test
  void follow_indexesWhatComes_whileSearchesGoOn() throws Exception {
    kafka.createTopic("live", 2, Map.of("retention.ms", "-1"));
    publishEmbeddings("live", frames.subList(0, 3));
    Path index = directory.resolve("index");
    AtomicBoolean stop = new AtomicBoolean();
    KafkaClients clients = new KafkaClients(kafka.bootstrapServers());
    CompletableFuture<Void> following =
        CompletableFuture.runAsync(
            () -> {
              try (EmbeddingTopic topic = EmbeddingTopic.open(clients, "live");
                  EmbeddingIndexer indexer =
                      EmbeddingIndexer.open(index, topic.id(), new Keep(9, null))) {
                topic.follow(indexer, (added, left) -> {}, stop::get);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    awaitFrames(index, 3, following);
    publishEmbeddings("live", frames.subList(3, 9));
    awaitFrames(index, 9, following);

    assertThat(
            search(
                "--embeddings",
                "live",
                "--camera",
                frames.get(0).camera(),
                "--at",
                Times.show(frames.get(0).time())))
        .as("%s", err)
        .isZero();
    assertThat(err.toString()).contains("being updated by another process");
    stop.set(true);
    following.get();
  }

  @Test
  void wrongOptions_areNamedBeforeAnythingBegins() {
    assertThat(search()).isEqualTo(2);
    assertThat(err.toString()).contains("--like IMAGE");
    assertThat(search("--like", "x.jpg")).isEqualTo(2);
    assertThat(err.toString()).contains("--snapshots");
    assertThat(search("--camera", "gate")).isEqualTo(2);
    assertThat(err.toString()).contains("--at");
    assertThat(search("--camera", "gate", "--at", "yesterday")).isEqualTo(2);
    assertThat(err.toString()).contains("--at", "yesterday");
    assertThat(search("--list", "--keep-encoders", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--keep-encoders must be >= 1, but was 0");
    assertThat(search("--camera", "gate", "--at", "2026-01-31", "--encoder", "12")).isEqualTo(2);
    assertThat(err.toString()).contains("--encoder", "12");
    assertThat(search("--list", "--update")).isEqualTo(2);
    assertThat(search("--no-update", "--follow")).isEqualTo(2);
  }

  @Test
  void whatIsOnThisMachine_isCheckedBeforeABrokerIsWaitedFor() throws Exception {
    Path image = directory.resolve("wanted.jpg");
    Files.write(image, frames.get(0).jpeg());
    Path file = Files.createFile(directory.resolve("file"));
    Map.of(
            "--like missing.jpg: there is no readable file",
            List.of("--like", "missing.jpg", "--snapshots", snapshots.toString()),
            "--snapshots missing: there is no snapshot",
            List.of("--like", image.toString(), "--snapshots", "missing"),
            "--index %s must be a directory, but is a file".formatted(file),
            List.of("--list", "--index", file.toString()),
            "--kafka-config missing.properties: cannot be read: java.nio.file.NoSuchFileException: missing.properties",
            List.of("--list", "--kafka-config", "missing.properties"))
        .forEach(
            (line, wrong) -> {
              List<String> arguments =
                  new ArrayList<>(List.of("--bootstrap-servers", "127.0.0.1:1"));
              arguments.addAll(wrong);
              assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
              assertThat(err.toString().lines())
                  .containsExactly("search.sh: " + line, "search.sh --help lists the options");
            });
  }

  @Test
  void brokerOrTopicThatIsNotThere_isNamed() {
    assertThat(
            run(
                "--list",
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--kafka-property",
                "default.api.timeout.ms=600",
                "--kafka-property",
                "request.timeout.ms=500"))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly("search.sh: no broker answers at 127.0.0.1:1");
    assertThat(search("--list", "--embeddings", "missing")).isEqualTo(1);
    assertThat(err.toString()).contains("missing");
    assertThat(search("--list", "--no-update", "--index", directory.resolve("none").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("there is no index");
  }

  private void awaitFrames(Path index, long count, CompletableFuture<?> following)
      throws Exception {
    while (true) {
      if (following.isDone()) {
        following.get();
      }
      if (Files.exists(index.resolve("state.json"))) {
        try (EmbeddingIndex read = EmbeddingIndex.open(index)) {
          if (read.frames() >= count) {
            return;
          }
        }
      }
      Thread.sleep(50);
    }
  }

  private int search(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--apart",
                "1s",
                "--sheet",
                directory.resolve("sheet.png").toString()));
    List<String> given = List.of(arguments);
    if (!given.contains("--index")) {
      all.addAll(List.of("--index", directory.resolve("index").toString()));
    }
    all.addAll(given);
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return SearchMain.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }

  private List<JsonNode> found() throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      found.add(MAPPER.readTree(line));
    }
    return found;
  }

  private static List<Published> publishFrames() throws Exception {
    SimulationSettings settings =
        new SimulationSettings(5, CAMERAS, 96, 72, 5, 4, new double[] {0.5, 0.5}, 0);
    List<SimulatedCamera> cameras = Simulation.procedural(settings).cameras();
    List<Published> published = new ArrayList<>();
    try (JpegEncoder encoder = new JpegEncoder(90);
        KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int frame = 0; frame < FRAMES_PER_CAMERA; frame++) {
        for (SimulatedCamera camera : cameras) {
          long time = frame * 700L;
          byte[] jpeg = encoder.encode(camera.render(time), 96, 72);
          published.add(publish("frames", camera.id(), START + time, jpeg, producer));
        }
      }
    }
    return published;
  }

  private static Published publish(
      String topic, String camera, long time, byte[] jpeg, KafkaProducer<byte[], byte[]> producer)
      throws Exception {
    RecordMetadata place =
        producer.send(new ProducerRecord<>(topic, null, time, utf8(camera), jpeg)).get();
    return new Published(camera, time, jpeg, place.partition(), place.offset());
  }

  private static void publishEmbeddings(String topic, List<Published> of) throws Exception {
    try (SnapshotEncoder first = new SnapshotEncoder(FIRST);
        SnapshotEncoder second = new SnapshotEncoder(SECOND);
        FrameDecoder decoder =
            new FrameDecoder(new FrameDecoderSettings(16, 1 << 20, 1, 1_000_000));
        KafkaProducer<byte[], byte[]> producer = producer()) {
      for (Published each : of) {
        boolean early = each.time() < START + SECOND_FROM * 700L;
        byte[] pixels =
            decoder
                .decode(new EncodedFrame(each.camera(), each.time(), each.jpeg(), 0, 0))
                .pixels();
        FrameEmbedding embedding =
            new FrameEmbedding(
                each.camera(),
                each.time(),
                id(early ? FIRST : SECOND),
                (early ? FIRST : SECOND).step(),
                each.partition(),
                each.offset(),
                (early ? first : second).embed(pixels, 1));
        producer
            .send(
                new ProducerRecord<>(
                    topic,
                    FrameEmbeddingCodec.key(embedding),
                    FrameEmbeddingCodec.encode(embedding)))
            .get();
      }
    }
  }

  private static long id(EncoderSnapshot snapshot) {
    return EncoderId.of(EncoderSnapshotCodec.encode(snapshot));
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 0),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
