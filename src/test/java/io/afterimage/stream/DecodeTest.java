package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.HostileImages;
import io.afterimage.frame.JpegEncoder;
import io.afterimage.frame.RejectionReason;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.stream.record.Received;
import io.afterimage.stream.record.Rejection;
import io.afterimage.stream.record.Types;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecodeTest {
  private static final int SIDE = 16;
  private static final byte[] JPEG = jpeg();
  private static final int MAX_PARALLELISM = 128;
  private static final long HOUR = 3_600_000;

  /** Entries that a camera has in keyed state: its rate and its expiry. */
  private static final int ENTRIES = 2;

  private final List<Harness> subtasks = new ArrayList<>();
  private Map<String, String> options = Map.of();

  @AfterEach
  void close() throws Exception {
    for (Harness subtask : subtasks) {
      subtask.close();
    }
    subtasks.clear();
  }

  @Test
  void decode_aCameraBeyondItsRate_passesOverWhatIsTooMuch() throws Exception {
    open("10");
    send("flood", 0, 10, 500);
    send("calm", 0, 1_000, 5);

    assertThat(times("flood")).hasSizeBetween(10 + 48, 10 + 50);
    assertThat(times("calm")).containsExactly(0L, 1_000L, 2_000L, 3_000L, 4_000L);
  }

  @Test
  void decode_withoutARate_usesAllAndKeepsNothing() throws Exception {
    open("0");
    send("flood", 0, 1, 200);

    assertThat(times("flood")).hasSize(200);
    assertThat(entries()).isZero();
  }

  @Test
  void decode_restored_goesOnAsIfNothingHappened() throws Exception {
    open("10");
    send("flood", 0, 10, 300);
    List<Long> undisturbed = times("flood");
    close();

    open("10");
    send("flood", 0, 10, 137);
    List<Long> disturbed = new ArrayList<>(times("flood"));
    rescale(1);
    send("flood", 1_370, 10, 163);
    disturbed.addAll(times("flood"));

    assertThat(disturbed).isEqualTo(undisturbed);
  }

  @Test
  void decode_restoredAtOtherParallelisms_keepsOneEntryACameraAndItsRate() throws Exception {
    open("10");
    int cameras = 20;
    for (int camera = 0; camera < cameras; camera++) {
      send("camera-" + camera, 0, 1, 15);
    }
    assertThat(entries()).isEqualTo(ENTRIES * cameras);

    for (int parallelism : List.of(4, 3, 1, 7, 2)) {
      rescale(parallelism);
      assertThat(entries()).as("entries at %d", parallelism).isEqualTo(ENTRIES * cameras);
      for (int camera = 0; camera < cameras; camera++) {
        send("camera-" + camera, 15, 0, 1);
        assertThat(times("camera-" + camera)).isEmpty();
      }
      assertThat(entries()).as("entries at %d", parallelism).isEqualTo(ENTRIES * cameras);
    }
  }

  @Test
  void watermark_longAfterACamerasLastFrame_leavesNoStateAndNoTimer() throws Exception {
    open("10");
    send("gone", 0, 10, 100);
    send("here", HOUR, 10, 1);
    assertThat(entries()).isEqualTo(2 * ENTRIES);
    assertThat(subtasks.get(0).numEventTimeTimers()).isEqualTo(2);

    watermark(HOUR + 1_000);
    assertThat(entries()).isEqualTo(ENTRIES);
    watermark(2 * HOUR);

    assertThat(entries()).isZero();
    assertThat(subtasks.get(0).numEventTimeTimers()).isZero();
  }

  @Test
  void watermark_farAheadOfACamerasClock_leavesItsRateInForce() throws Exception {
    open("10");
    watermark(100 * HOUR);
    for (int i = 0; i < 50; i++) {
      send("behind", 0, 0, 1);
      watermark(100 * HOUR + i);
    }

    assertThat(times("behind")).hasSize(10);
  }

  @Test
  void decode_whatIsNoPicture_isRejectedWithItsReasonAndItsRecord() throws Exception {
    open("10");
    byte[] noise = {1, 2, 3};
    byte[] tiny = jpeg(2);
    receive(Received.frame(new EncodedFrame("gate", 5, noise, 3, 41)));
    receive(Received.frame(new EncodedFrame("gate", 6, tiny, 3, 42)));
    receive(Received.frame(new EncodedFrame("gate", 7, JPEG, 3, 43)));

    List<Rejection> rejected = side(Decode.REJECTED);
    assertThat(rejected)
        .extracting(Rejection::reason)
        .containsExactly(RejectionReason.UNDECODABLE, RejectionReason.TOO_SMALL);
    assertThat(rejected).extracting(Rejection::offset).containsExactly(41L, 42L);
    Rejection first = rejected.get(0);
    assertThat(first.key()).isEqualTo("gate".getBytes(StandardCharsets.UTF_8));
    assertThat(first.value()).isEqualTo(noise);
    assertThat(first.partition()).isEqualTo(3);
    assertThat(first.timestampMillis()).isEqualTo(5);
    assertThat(rejected.get(1).detail()).contains("2 x 2", "16");
    assertThat(times("gate")).containsExactly(7L);
  }

  @Test
  void decode_hostileImages_setsEachAsideOrTakesIt() throws Exception {
    open(Map.of("frame.formats", "jpeg, png, webp"));
    int sent = 0;
    for (HostileImages.Hostile hostile : HostileImages.all()) {
      receive(Received.frame(new EncodedFrame("hostile", sent, hostile.image(), 0, sent++)));
      receive(Received.frame(new EncodedFrame("good", sent, JPEG, 0, sent++)));
    }

    assertThat(times("good")).hasSize(sent / 2);
    assertThat(times("hostile").size() + side(Decode.REJECTED).size()).isEqualTo(sent / 2);
  }

  @Test
  void decode_formatThatIsNotListed_isUnsupported() throws Exception {
    open(Map.of());
    for (String image : List.of("GIF89a and so on", "RIFF0000WEBPVP8 ", "???")) {
      byte[] bytes = image.getBytes(StandardCharsets.US_ASCII);
      receive(Received.frame(new EncodedFrame("a", 0, bytes, 0, 0)));
    }

    assertThat(side(Decode.REJECTED))
        .extracting(rejection -> rejection.reason().label())
        .containsExactly("unsupported-format", "unsupported-format", "undecodable");
  }

  @Test
  void decode_whatWasRejectedBefore_goesOnUntouched() throws Exception {
    open("10");
    Rejection rejection =
        new Rejection(null, null, 2, 9, -1, RejectionReason.MISSING_CAMERA, "no key");
    receive(Received.rejected(rejection));

    assertThat(side(Decode.REJECTED)).containsExactly(rejection);
    assertThat(entries()).isZero();
  }

  @Test
  void decode_passedOverFrames_areNotRejected() throws Exception {
    open("10");
    send("flood", 0, 1, 100);

    assertThat(side(Decode.REJECTED)).isEmpty();
  }

  @Test
  void decode_framesToEmbed_goWithTheirPlaceInTheTopic() throws Exception {
    open(Map.of("embeddings.enabled", "true"));
    receive(Received.frame(new EncodedFrame("gate", 7, JPEG, 3, 43)));

    assertThat(side(Decode.LOCATED))
        .singleElement()
        .satisfies(
            located -> {
              assertThat(located.partition()).isEqualTo(3);
              assertThat(located.offset()).isEqualTo(43);
              assertThat(located.frame().captureTimeMillis()).isEqualTo(7);
            });
    assertThat(times("gate")).containsExactly(7L);
  }

  @SuppressWarnings("try") // Closing it may be interrupted.
  private static final class Harness
      extends KeyedOneInputStreamOperatorTestHarness<String, Received, Frame> {
    Harness(Decode decode, int parallelism, int subtask) throws Exception {
      super(
          new KeyedProcessOperator<>(decode),
          Received::key,
          Types.CAMERA,
          MAX_PARALLELISM,
          parallelism,
          subtask);
    }
  }

  private void open(String rate) throws Exception {
    open(Map.of("frame.max-rate", rate));
  }

  private void open(Map<String, String> more) throws Exception {
    options = new HashMap<>(Map.of("pairing.expiry", "1 h", "embeddings.enabled", "false"));
    options.putAll(more);
    Harness opened = harness(1, 0);
    opened.open();
    subtasks.add(opened);
  }

  private Harness harness(int parallelism, int subtask) throws Exception {
    return new Harness(new Decode(OptionsReader.read(null, options)), parallelism, subtask);
  }

  /** Takes a checkpoint of all subtasks, and continues from it with another number of subtasks. */
  private void rescale(int parallelism) throws Exception {
    int before = subtasks.size();
    OperatorSubtaskState[] states = new OperatorSubtaskState[before];
    for (int i = 0; i < before; i++) {
      states[i] = subtasks.get(i).snapshot(1, 1);
    }
    close();
    OperatorSubtaskState whole = AbstractStreamOperatorTestHarness.repackageState(states);
    for (int i = 0; i < parallelism; i++) {
      Harness restored = harness(parallelism, i);
      restored.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              whole, MAX_PARALLELISM, before, parallelism, i));
      restored.open();
      subtasks.add(restored);
    }
  }

  private void send(String camera, long firstMillis, long gapMillis, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      long time = firstMillis + i * gapMillis;
      receive(Received.frame(new EncodedFrame(camera, time, JPEG, 0, i)));
    }
  }

  private void receive(Received received) throws Exception {
    Harness subtask =
        subtasks.get(
            KeyGroupRangeAssignment.assignKeyToParallelOperator(
                received.key(), MAX_PARALLELISM, subtasks.size()));
    subtask.processElement(new StreamRecord<>(received));
  }

  private void watermark(long time) throws Exception {
    for (Harness subtask : subtasks) {
      subtask.processWatermark(new Watermark(time));
    }
  }

  private int entries() {
    return subtasks.stream().mapToInt(Harness::numKeyedStateEntries).sum();
  }

  private List<Long> times(String camera) {
    return subtasks.stream()
        .flatMap(subtask -> subtask.extractOutputValues().stream())
        .filter(frame -> frame.camera().equals(camera))
        .map(Frame::captureTimeMillis)
        .toList();
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var records = subtasks.get(0).getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  private static byte[] jpeg() {
    return jpeg(SIDE);
  }

  private static byte[] jpeg(int side) {
    byte[] gray = new byte[side * side * 3];
    Arrays.fill(gray, (byte) 100);
    try (JpegEncoder encoder = new JpegEncoder(90)) {
      return encoder.encode(gray, side, side);
    }
  }
}
