package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.frame.Frame;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.stream.record.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairOperatorTest {
  private static final int SIZE = 8;
  private static final long HOUR = 3_600_000;

  private KeyedOneInputStreamOperatorTestHarness<String, Frame, PositiveGroup> harness;
  private Configuration options;
  private StateBackend backend = new HashMapStateBackend();

  @BeforeEach
  void open() throws Exception {
    options =
        OptionsReader.read(
            null,
            Map.of(
                "frame.size", Integer.toString(SIZE),
                "pairing.disorder", "100 ms",
                "pairing.expiry", "1 h"));
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void frames_ofTwoCameras_arePairedApart() throws Exception {
    for (int i = 0; i < 40; i++) {
      frame("a", i * 200L, i);
      frame("b", i * 200L, i + 3);
    }

    assertThat(groups()).extracting(PositiveGroup::camera).contains("a", "b");
    assertThat(groups())
        .allSatisfy(
            group ->
                assertThat(group.lastCaptureTimeMillis() - group.captureTimesMillis()[0])
                    .isBetween(200L, 2000L));
  }

  @Test
  void watermark_longAfterACamerasLastFrame_leavesNoStateAndNoTimer() throws Exception {
    frame("gone", 1000, 0);
    frame("here", 1000, 0);
    assertThat(harness.numEventTimeTimers()).isEqualTo(2);
    frame("here", HOUR, 5);

    harness.processWatermark(new Watermark(HOUR + 1000));

    assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    assertThat(harness.numKeyedStateEntries()).isEqualTo(2); // the camera and its expiry
    harness.processWatermark(new Watermark(2 * HOUR));
    assertThat(harness.numEventTimeTimers()).isZero();
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void watermark_beforeTheExpiry_changesNothing() throws Exception {
    frame("a", 1000, 0);

    harness.processWatermark(new Watermark(HOUR + 999));

    assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
  }

  @Test
  void watermark_farAheadOfACamerasClock_doesNotForgetItWhileItSends() throws Exception {
    harness.processWatermark(new Watermark(100 * HOUR));
    for (int i = 0; i < 40; i++) {
      frame("behind", i * 200L, i);
      harness.processWatermark(new Watermark(100 * HOUR + i));
    }

    assertThat(groups()).isNotEmpty();
  }

  @Test
  void vanishedCamera_givesTheFramesThatStillWaited() throws Exception {
    long last = 0;
    while (groups().isEmpty()) {
      assertThat(last).isLessThan(HOUR);
      last += 200;
      frame("a", last, (int) (last / 200));
    }
    int before = groups().size();
    // Alone, a frame waits for the next one; the span of a pair is at most two seconds.
    frame("a", last + 200, 1);
    frame("a", last + 2100, 2);
    frame("a", last + 2150, 3);

    harness.processWatermark(new Watermark(last + 2150 + HOUR));

    assertThat(groups().size()).isGreaterThanOrEqualTo(before);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void endInput_afterTheLastWatermark_flushesInTheOrderOfTheNames() throws Exception {
    for (String camera : List.of("c", "a", "b")) {
      for (int i = 0; i < 30; i++) {
        frame(camera, i * 200L, i);
      }
    }
    harness.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(harness.numKeyedStateEntries()).isEqualTo(6);

    harness.endInput();

    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void restore_goesOnAsIfNothingHadHappened(String stateBackend) throws Exception {
    harness.close();
    backend =
        StateBackendLoader.loadStateBackendFromConfig(
            new Configuration().set(StateBackendOptions.STATE_BACKEND, stateBackend),
            getClass().getClassLoader(),
            null);
    harness = harness();
    harness.open();
    KeyedOneInputStreamOperatorTestHarness<String, Frame, PositiveGroup> whole = harness();
    whole.open();
    for (int i = 0; i < 60; i++) {
      whole.processElement(new StreamRecord<>(picture("a", i * 200L, i)));
    }
    List<PositiveGroup> expected = groups(whole);
    whole.close();

    List<PositiveGroup> actual = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (i % 7 == 3) {
        OperatorSubtaskState state = harness.snapshot(i, i);
        actual.addAll(groups());
        harness.close();
        harness = harness();
        harness.initializeState(state);
        harness.open();
      }
      frame("a", i * 200L, i);
    }
    actual.addAll(groups());

    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    assertThat(expected).isNotEmpty();
  }

  @Test
  void restore_withAnotherFrameSize_failsForGoodWithOptionValuesAndRemedy() throws Exception {
    frame("a", 0, 0);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    options.setString("frame.size", "16");
    harness = harness();
    harness.initializeState(state);

    assertThatThrownBy(harness::open)
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessage(new IncompatibleEncoderException("frame.size", SIZE, 16).getMessage());
  }

  private KeyedOneInputStreamOperatorTestHarness<String, Frame, PositiveGroup> harness()
      throws Exception {
    var made =
        new KeyedOneInputStreamOperatorTestHarness<String, Frame, PositiveGroup>(
            new PairOperator(options), Frame::camera, Types.CAMERA);
    made.setStateBackend(backend);
    return made;
  }

  private void frame(String camera, long timeMillis, int shade) throws Exception {
    harness.processElement(new StreamRecord<>(picture(camera, timeMillis, shade)));
  }

  /** Pictures that differ enough to be no still scene, and too little to be a cut. */
  private static Frame picture(String camera, long timeMillis, int shade) {
    byte[] pixels = new byte[Frame.bytes(SIZE)];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (100 + (shade * 13 + i) % 40);
    }
    return new Frame(camera, timeMillis, SIZE, pixels);
  }

  private List<PositiveGroup> groups() {
    return groups(harness);
  }

  private static List<PositiveGroup> groups(
      KeyedOneInputStreamOperatorTestHarness<String, Frame, PositiveGroup> from) {
    return from.extractOutputValues();
  }
}
