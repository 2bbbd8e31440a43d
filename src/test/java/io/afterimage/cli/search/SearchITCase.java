package io.afterimage.cli.search;

import static io.afterimage.cli.search.SearchTopics.CAMERAS;
import static io.afterimage.cli.search.SearchTopics.ENCODER;
import static io.afterimage.cli.search.SearchTopics.FIRST;
import static io.afterimage.cli.search.SearchTopics.SECOND;
import static io.afterimage.cli.search.SearchTopics.SECOND_FROM;
import static io.afterimage.cli.search.SearchTopics.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterimage.cli.search.SearchTopics.Published;
import io.afterimage.model.Encoders;
import io.afterimage.model.LocalFiles;
import io.afterimage.model.SnapshotRegistry;
import io.afterimage.wire.EncoderId;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search over a broker's topics, with frames that an encoder embedded. */
class SearchITCase {
  @TempDir private static Path shared;
  private static SearchTopics topics;

  @TempDir Path directory;
  private SearchCommand command;

  @BeforeAll
  static void publish() throws Exception {
    topics = new SearchTopics(shared);
  }

  @AfterAll
  static void stop() {
    topics.close();
  }

  @BeforeEach
  void createCommand() {
    command = new SearchCommand(topics.kafka().bootstrapServers(), directory);
  }

  @Test
  void like_aFramesPicture_findsThatFrame() throws Exception {
    Published wanted = topics.frames().get(CAMERAS * 40 + 1);
    Path image = directory.resolve("wanted.jpg");
    Files.write(image, wanted.jpeg());

    assertThat(
            command.search(
                "--json", "--like", image.toString(), "--snapshots", topics.snapshots().toString()))
        .as("%s", command.err())
        .isZero();

    List<JsonNode> found = command.found();
    assertThat(found.get(0).get("similarity").asDouble()).isGreaterThan(0.9999);
    assertThat(found.get(0).get("camera").asText()).isEqualTo(wanted.camera());
    assertThat(found.get(0).get("captureMillis").asLong()).isEqualTo(wanted.time());
    assertThat(found.get(0).get("time").asText()).startsWith("2026-01-31T12:00:");
    assertThat(found)
        .allMatch(each -> each.get("encoderId").asText().equals(EncoderId.hex(id(SECOND))));
    assertThat(command.err().toString())
        .contains("120 frames embedded by the encoder " + EncoderId.hex(id(SECOND)))
        .contains("60 frames of 1 other encoder cannot be compared");
    BufferedImage sheet = ImageIO.read(directory.resolve("sheet.png").toFile());
    assertThat(sheet.getWidth()).isGreaterThan(1000);
  }

  @Test
  void like_byAnOlderEncoder_findsItsFrames() throws Exception {
    Published wanted = topics.frames().get(CAMERAS * 3);
    Path image = directory.resolve("wanted.jpg");
    Files.write(image, wanted.jpeg());

    assertThat(
            command.search(
                "--json",
                "--like",
                image.toString(),
                "--snapshots",
                topics.snapshots().toString(),
                "--encoder",
                EncoderId.hex(id(FIRST))))
        .as("%s", command.err())
        .isZero();
    assertThat(command.found().get(0).get("captureMillis").asLong()).isEqualTo(wanted.time());
  }

  @Test
  void like_withoutASnapshotOfAnyEncoder_saysWhatIsThere() throws Exception {
    Path other = directory.resolve("other");
    new SnapshotRegistry(new LocalFiles(), other.toString())
        .publish(Encoders.snapshot(ENCODER, 7, 7), Map.of());
    Path image = directory.resolve("wanted.jpg");
    Files.write(image, topics.frames().get(0).jpeg());

    assertThat(command.search("--like", image.toString(), "--snapshots", other.toString()))
        .isEqualTo(1);
    assertThat(command.err().toString())
        .contains(EncoderId.hex(id(FIRST)), EncoderId.hex(id(SECOND)), "step-000000000007")
        .contains("--camera and --at");
  }

  @Test
  void camera_atATime_findsOthersByTheSameEncoder() throws Exception {
    Published wanted = topics.frames().get(CAMERAS * 30);

    assertThat(
            command.search(
                "--camera",
                wanted.camera(),
                "--at",
                Times.show(wanted.time() + 40),
                "--count",
                "4"))
        .as("%s", command.err())
        .isZero();

    List<String> lines = command.out().toString().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).contains("similarity", "camera", "time (UTC)");
    assertThat(lines).noneMatch(line -> line.contains(Times.show(wanted.time())));
    assertThat(command.err().toString()).contains("(4 of 4 pictures)");
  }

  @Test
  void camera_withoutAFrameNearby_saysWhichIsNearest() {
    assertThat(
            command.search("--camera", topics.frames().get(0).camera(), "--at", "2026-01-31 13:00"))
        .isEqualTo(1);
    assertThat(command.err().toString())
        .contains("within 60 s of 2026-01-31 13:00:00.000", "nearest");

    assertThat(command.search("--camera", "nobody", "--at", "2026-01-31 12:00")).isEqualTo(1);
    assertThat(command.err().toString())
        .contains("nobody")
        .contains(topics.frames().get(0).camera());
  }

  @Test
  void cameraWithControlCharacters_isShownByEscapes() throws Exception {
    String nasty = "gate\u001b]0;owned\u0007\u0000\n\u202eyard";
    String shown = "gate\\u001b]0;owned\\u0007\\u0000\\n\\u202eyard";
    topics.kafka().createTopic("nasty", 1, Map.of("retention.ms", "-1"));
    List<Published> published = new ArrayList<>();
    for (Published each : topics.frames().subList(0, 3)) {
      published.add(
          new Published(nasty, each.time(), each.jpeg(), each.partition(), each.offset()));
    }
    topics.publishEmbeddings("nasty", published);

    assertThat(command.search("--list", "--embeddings", "nasty")).as("%s", command.err()).isZero();
    assertThat(command.out().toString().lines()).last().isEqualTo("Cameras: " + shown);
    assertThat(
            command.search(
                "--no-update",
                "--no-sheet",
                "--apart",
                "0s",
                "--camera",
                nasty,
                "--at",
                Times.show(published.get(0).time())))
        .as("%s", command.err())
        .isZero();
    assertThat(command.out().toString().lines().toList())
        .hasSize(3)
        .last()
        .asString()
        .contains(shown);
    assertThat(command.search("--no-update", "--camera", "nobody", "--at", "2026-01-31 12:00"))
        .isEqualTo(1);
    assertThat(command.err().toString().lines()).singleElement().asString().contains(shown);
    assertThat(
            command.search(
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
    assertThat(command.found().get(0).get("camera").asText()).isEqualTo(nasty);
  }

  @Test
  void pictures_beyondRetention_areBlankWithTheirCaption() throws Exception {
    topics
        .kafka()
        .createTopic(
            "short",
            2,
            Map.of("retention.ms", "-1", "message.timestamp.after.max.ms", "9223372036854775807"));
    List<Published> again = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = topics.producer()) {
      for (Published each :
          topics.frames().subList(CAMERAS * SECOND_FROM, topics.frames().size())) {
        again.add(topics.publish("short", each.camera(), each.time(), each.jpeg(), producer));
      }
    }
    topics.kafka().createTopic("short-embeddings", 1, Map.of("retention.ms", "-1"));
    topics.publishEmbeddings("short-embeddings", again);
    try (Admin admin = topics.kafka().admin()) {
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
            command.search(
                "--embeddings",
                "short-embeddings",
                "--frames",
                "short",
                "--camera",
                wanted.camera(),
                "--at",
                Long.toString(wanted.time())))
        .as("%s", command.err())
        .isZero();
    assertThat(command.err().toString()).contains("(0 of ");
    BufferedImage sheet = ImageIO.read(directory.resolve("sheet.png").toFile());
    assertThat(new Color(sheet.getRGB(20, 20))).isEqualTo(new Color(0xe4e7eb));
  }
}
