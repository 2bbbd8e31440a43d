package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.frame.Frame;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.stream.record.LocatedFrame;
import io.afterimage.stream.record.Types;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static final int SIZE = 8;

  private KeyedOneInputStreamOperatorTestHarness<String, LocatedFrame, LocatedFrame> harness;

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void noRate_letsEveryFrameThrough() throws Exception {
    harness = open("0", null);
    send("a", 0, 0, 1, 2);

    assertThat(times("a")).containsExactly(0L, 0L, 1L, 2L);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void rate_countsForEachCamera() throws Exception {
    harness = open("2", null);
    for (long time = 0; time <= 1000; time += 100) {
      send("a", time);
      send("b", time + 50);
    }

    assertThat(times("a")).containsExactly(0L, 500L, 1000L);
    assertThat(times("b")).containsExactly(50L, 550L, 1050L);
  }

  @Test
  void lateFrame_isPassedOver_butAClockThatWasSetBackIsFollowed() throws Exception {
    harness = open("1", null);
    send("a", 10_000, 9_500, 5_000, 5_500, 6_000);

    assertThat(times("a")).containsExactly(10_000L, 5_000L, 6_000L);
  }

  @Test
  void restore_goesOnWhereItWas() throws Exception {
    harness = open("0.5", null);
    send("a", 1_000);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();

    harness = open("0.5", state);
    send("a", 2_900, 3_000);

    assertThat(times("a")).containsExactly(3_000L);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, LocatedFrame, LocatedFrame> open(
      String rate, OperatorSubtaskState state) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, LocatedFrame, LocatedFrame> opened =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new Sample(OptionsReader.read(null, Map.of("embeddings.max-rate", rate)))),
            LocatedFrame::camera,
            Types.CAMERA);
    if (state != null) {
      opened.initializeState(state);
    }
    opened.open();
    return opened;
  }

  private void send(String camera, long... times) throws Exception {
    for (long time : times) {
      Frame frame = new Frame(camera, time, SIZE, new byte[Frame.bytes(SIZE)]);
      harness.processElement(new LocatedFrame(frame, 0, time), time);
    }
  }

  private List<Long> times(String camera) {
    return harness.extractOutputValues().stream()
        .filter(frame -> frame.camera().equals(camera))
        .map(frame -> frame.frame().captureTimeMillis())
        .toList();
  }
}
