package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.JpegEncoder;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.stream.record.Received;
import java.util.ArrayList;
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

  private static OneInputStreamOperatorTestHarness<Received, Frame> open(
      String rate, OperatorSubtaskState state) throws Exception {
    OneInputStreamOperatorTestHarness<Received, Frame> opened =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(
                new Decode(
                    OptionsReader.read(
                        null, Map.of("frame.max-rate", rate, "embeddings.enabled", "false")))));
    if (state != null) {
      opened.initializeState(state);
    }
    opened.open();
    return opened;
  }

  private void send(String camera, long firstMillis, long gapMillis, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      long time = firstMillis + i * gapMillis;
      harness.processElement(Received.frame(new EncodedFrame(camera, time, JPEG, 0, i)), time);
    }
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
