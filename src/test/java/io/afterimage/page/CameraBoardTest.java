package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.wire.FrameRef;
import io.afterimage.wire.kafka.FrameFetcher;
import io.afterimage.wire.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CameraBoardTest {
  private static final long NOW = 1_700_000_000_000L;
  private final FramePictures pictures =
      new FramePictures(
          new FrameFetcher(new KafkaClients("localhost:1"), "frames", Duration.ofMillis(1)), 64);
  private long offset;

  @AfterEach
  void close() {
    pictures.close();
  }

  @Test
  void find_ofTwoThousandCameras_saysHowManyThereAreAndShowsTheFirst() {
    CameraBoard board = new CameraBoard(pictures);
    for (int i = 1999; i >= 0; i--) {
      publish(board, "camera-" + i, NOW);
    }
    CameraBoard.Found found = board.find("", NOW);
    assertThat(found.held()).isEqualTo(2000);
    assertThat(found.matching()).isEqualTo(2000);
    assertThat(found.full()).isFalse();
    assertThat(names(found))
        .hasSize(CameraBoard.MOST_SHOWN)
        .startsWith("camera-0", "camera-1", "camera-2");
    assertThat(names(found)).endsWith("camera-498", "camera-499");
  }

  @Test
  void find_byText_findsWhatIsNotShownUnasked() {
    CameraBoard board = new CameraBoard(pictures);
    for (int i = 0; i < 2000; i++) {
      publish(board, "Gate-" + i, NOW);
    }
    CameraBoard.Found found = board.find(" gate-199 ", NOW);
    assertThat(found.held()).isEqualTo(2000);
    assertThat(found.matching()).isEqualTo(11);
    assertThat(names(found)).startsWith("Gate-199", "Gate-1990").endsWith("Gate-1999");
    assertThat(board.find("yard", NOW).shown()).isEmpty();
  }

  @Test
  void accept_whenFull_keepsThoseThatPublishAndSaysThatThereAreMore() {
    CameraBoard board = new CameraBoard(pictures, 2);
    publish(board, "a", NOW);
    publish(board, "b", NOW + 50_000);
    publish(board, "c", NOW + 59_999);
    assertThat(names(board.find("", NOW + 59_999))).containsExactly("a", "b");
    assertThat(board.find("", NOW + 59_999).full()).isTrue();
    publish(board, "c", NOW + 60_000);
    assertThat(names(board.find("", NOW + 60_000))).containsExactly("b", "c");
  }

  @Test
  void accept_frameOfATopicMadeAnew_isAnotherPicture() {
    CameraBoard board = new CameraBoard(pictures);
    publish(board, "a", NOW);
    FrameRef before = new FrameRef("a", NOW, 0, 0);
    assertThat(pictures.inMemory(before)).isNotNull();
    assertThat(pictures.inMemory(new FrameRef("b", NOW, 0, 0))).isNull();
    assertThat(pictures.inMemory(new FrameRef("a", NOW + 1, 0, 0))).isNull();
  }

  @Test
  void accept_recordThatIsNoFrame_isNoCamera() {
    CameraBoard board = new CameraBoard(pictures);
    publish(board, "x".repeat(257), NOW);
    board.accept(record(null, new byte[1]), NOW);
    board.accept(record(new byte[] {'a'}, null), NOW);
    assertThat(board.find("", NOW).held()).isZero();
  }

  private void publish(CameraBoard board, String camera, long nowMillis) {
    board.accept(record(camera.getBytes(StandardCharsets.UTF_8), new byte[] {1}), nowMillis);
  }

  private ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
    return new ConsumerRecord<>(
        "frames",
        0,
        offset++,
        NOW,
        TimestampType.CREATE_TIME,
        0,
        0,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static List<String> names(CameraBoard.Found found) {
    return found.shown().stream().map(CameraBoard.Shown::camera).toList();
  }
}
