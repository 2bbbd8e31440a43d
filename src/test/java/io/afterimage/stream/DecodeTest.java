package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.HostileImages;
import io.afterimage.frame.JpegEncoder;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.stream.record.Received;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecodeTest {
  private static final int SIDE = 16;
  private static final byte[] JPEG = jpeg();

  private OneInputStreamOperatorTestHarness<Received, Frame> harness;

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void decode_aCameraBeyondItsRate_passesOverWhatIsTooMuch() throws Exception {
    harness = open("10", null);
    send("flood", 0, 10, 500);
    send("calm", 0, 1_000, 5);

    assertThat(times("flood")).hasSizeBetween(10 + 48, 10 + 50);
    assertThat(times("calm")).containsExactly(0L, 1_000L, 2_000L, 3_000L, 4_000L);
  }

  @Test
  void decode_withoutARate_usesAll() throws Exception {
    harness = open("0", null);
    send("flood", 0, 1, 200);

    assertThat(times("flood")).hasSize(200);
  }

  @Test
  void decode_restored_goesOnAsIfNothingHappened() throws Exception {
    harness = open("10", null);
    send("flood", 0, 10, 300);
    List<Long> undisturbed = times("flood");
    harness.close();

    harness = open("10", null);
    send("flood", 0, 10, 137);
    List<Long> disturbed = new ArrayList<>(times("flood"));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = open("10", state);
    send("flood", 1_370, 10, 163);
    disturbed.addAll(times("flood"));

    assertThat(disturbed).isEqualTo(undisturbed);
  }

  @Test
  void decode_hostileImages_setsEachAsideOrTakesIt() throws Exception {
    harness = open(Map.of("frame.formats", "jpeg, png, webp"), null);
    int sent = 0;
    for (HostileImages.Hostile hostile : HostileImages.all()) {
      send("hostile", hostile.image(), sent++);
      send("good", JPEG, sent++);
    }

    assertThat(times("good")).hasSize(sent / 2);
    assertThat(times("hostile").size() + reasons().size()).isEqualTo(sent / 2);
  }

  @Test
  void decode_formatThatIsNotListed_isUnsupported() throws Exception {
    harness = open(Map.of(), null);
    send("a", "GIF89a and so on".getBytes(StandardCharsets.US_ASCII), 0);
    send("a", "RIFF0000WEBPVP8 ".getBytes(StandardCharsets.US_ASCII), 1);
    send("a", new byte[] {1, 2, 3}, 2);

    assertThat(reasons())
        .containsExactly("unsupported-format", "unsupported-format", "undecodable");
  }

  private List<String> reasons() {
    return harness.getSideOutput(Decode.REJECTED).stream()
        .map(rejected -> rejected.getValue().reason().label())
        .toList();
  }

  private static OneInputStreamOperatorTestHarness<Received, Frame> open(
      String rate, OperatorSubtaskState state) throws Exception {
    return open(Map.of("frame.max-rate", rate), state);
  }

  private static OneInputStreamOperatorTestHarness<Received, Frame> open(
      Map<String, String> options, OperatorSubtaskState state) throws Exception {
    Map<String, String> all = new HashMap<>(options);
    all.put("embeddings.enabled", "false");
    OneInputStreamOperatorTestHarness<Received, Frame> opened =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new Decode(OptionsReader.read(null, all))));
    if (state != null) {
      opened.initializeState(state);
    }
    opened.open();
    return opened;
  }

  private void send(String camera, long firstMillis, long gapMillis, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      send(camera, JPEG, firstMillis + i * gapMillis);
    }
  }

  private void send(String camera, byte[] image, long time) throws Exception {
    harness.processElement(Received.frame(new EncodedFrame(camera, time, image, 0, time)), time);
  }

  private List<Long> times(String camera) {
    return harness.extractOutputValues().stream()
        .filter(frame -> frame.camera().equals(camera))
        .map(Frame::captureTimeMillis)
        .toList();
  }

  private static byte[] jpeg() {
    try (JpegEncoder encoder = new JpegEncoder(90)) {
      return encoder.encode(new byte[SIDE * SIDE * 3], SIDE, SIDE);
    }
  }
}
