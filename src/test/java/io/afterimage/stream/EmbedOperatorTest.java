package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.frame.Frame;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.stream.record.LocatedFrame;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.ResNetS;
import io.afterimage.wire.EncoderId;
import io.afterimage.wire.FrameEmbedding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbedOperatorTest {
  private static final int SIZE = 16;
  private static final int BATCH = 8;
  private static final EncoderSnapshot FIRST = snapshot(1, 0);
  private static final EncoderSnapshot SECOND = snapshot(2, 20);

  private TwoInputStreamOperatorTestHarness<LocatedFrame, byte[], FrameEmbedding> harness;

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  @Test
  void fullBatch_isEmbeddedAsTheEncoderDoesByItself() throws Exception {
    harness = open(options(Map.of()), null);
    encoder(FIRST);
    frames(0, BATCH - 1);
    assertThat(harness.extractOutputValues()).isEmpty();
    frames(BATCH - 1, BATCH);

    assertEmbedded(FIRST, 0, BATCH, harness.extractOutputValues());
    assertThat(harness.extractOutputStreamRecords())
        .allSatisfy(r -> assertThat(r.getTimestamp()).isEqualTo(r.getValue().captureMillis()));
  }

  @Test
  void firstFrame_waitedLongEnough_endsTheBatch() throws Exception {
    harness = open(options(Map.of("embeddings.max-wait", "50 ms")), null);
    harness.setProcessingTime(1000);
    encoder(FIRST);
    frames(0, 1);
    harness.setProcessingTime(1030);
    frames(1, 3);
    harness.setProcessingTime(1049);
    assertThat(harness.extractOutputValues()).isEmpty();
    harness.setProcessingTime(1050);

    assertEmbedded(FIRST, 0, 3, harness.extractOutputValues());
  }

  @Test
  void nextBatch_waitsForItsOwnFirstFrame() throws Exception {
    harness = open(options(Map.of("embeddings.max-wait", "50 ms")), null);
    harness.setProcessingTime(1000);
    encoder(FIRST);
    frames(0, 1);
    harness.setProcessingTime(1040);
    frames(1, BATCH + 1);
    harness.setProcessingTime(1089);
    assertEmbedded(FIRST, 0, BATCH, harness.extractOutputValues());
    harness.setProcessingTime(1090);

    assertEmbedded(FIRST, 0, BATCH + 1, harness.extractOutputValues());
  }

  @Test
  void noWait_embedsEachFrameAtOnce() throws Exception {
    harness = open(options(Map.of("embeddings.max-wait", "0 ms")), null);
    encoder(FIRST);
    frames(0, 1);

    assertEmbedded(FIRST, 0, 1, harness.extractOutputValues());
  }

  @Test
  void anotherEncoder_comes_framesBeforeItKeepTheOldOne() throws Exception {
    harness = open(options(Map.of()), null);
    encoder(FIRST);
    frames(0, 3);
    encoder(SECOND);
    frames(3, 3 + BATCH);

    List<FrameEmbedding> all = harness.extractOutputValues();
    assertThat(all).hasSize(3 + BATCH);
    assertEmbedded(FIRST, 0, 3, all.subList(0, 3));
    assertEmbedded(SECOND, 3, 3 + BATCH, all.subList(3, 3 + BATCH));
  }

  @Test
  void framesBeforeTheFirstEncoder_waitForIt_alsoAcrossACheckpoint() throws Exception {
    harness = open(options(Map.of()), null);
    frames(0, BATCH + 2);
    OperatorSubtaskState state = checkpoint();
    assertThat(harness.extractOutputValues()).isEmpty();
    encoder(SECOND);
    harness.close();

    harness = open(options(Map.of()), state);
    frames(BATCH + 2, BATCH + 3);
    assertThat(harness.extractOutputValues()).isEmpty();
    encoder(FIRST);
    checkpoint();

    assertEmbedded(FIRST, 0, BATCH + 3, harness.extractOutputValues());
  }

  @Test
  void checkpoint_embedsWhatWaits_andHoldsTheEncoder() throws Exception {
    harness = open(options(Map.of()), null);
    encoder(FIRST);
    frames(0, 3);
    OperatorSubtaskState state = checkpoint();
    assertEmbedded(FIRST, 0, 3, harness.extractOutputValues());
    harness.close();

    harness = open(options(Map.of()), state);
    frames(3, 3 + BATCH);

    assertEmbedded(FIRST, 3, 3 + BATCH, harness.extractOutputValues());
  }

  @ParameterizedTest
  @CsvSource({
    "encoder.embedding-size, 8, 12",
    "encoder.width, 8, 16",
    "encoder.normalization, group, batch",
    "frame.size, 16, 32"
  })
  void restore_withAnotherEncoder_failsForGoodWithOptionValuesAndRemedy(
      String option, String stored, String given) throws Exception {
    harness = open(options(Map.of()), null);
    encoder(FIRST);
    OperatorSubtaskState state = checkpoint();
    harness.close();
    harness = null;

    Configuration other = options(Map.of(option, given));

    assertThatThrownBy(() -> open(other, state))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessage(new IncompatibleEncoderException(option, stored, given).getMessage());
  }

  @Test
  void restore_framesOfAnotherSizeThatWait_failForGoodAlike() throws Exception {
    harness = open(options(Map.of()), null);
    frames(0, 1);
    OperatorSubtaskState state = checkpoint();
    encoder(FIRST);
    harness.close();
    harness = null;

    Configuration other = options(Map.of("frame.size", "32"));

    assertThatThrownBy(() -> open(other, state))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessage(new IncompatibleEncoderException("frame.size", 16, 32).getMessage());
  }

  @Test
  void inputsEnd_lastFramesAreEmbedded() throws Exception {
    harness = open(options(Map.of()), null);
    frames(0, 1);
    encoder(FIRST);
    frames(1, 3);
    harness.getOperator().finish();

    assertEmbedded(FIRST, 0, 3, harness.extractOutputValues());
  }

  @Test
  void inputsEnd_withoutAnEncoder_isAnError() throws Exception {
    harness = open(options(Map.of()), null);
    frames(0, 2);

    assertThatThrownBy(() -> harness.getOperator().finish())
        .hasMessage("2 frames wait for an encoder that never arrived");
    encoder(FIRST);
  }

  /** Frames {@code from} to {@code to} as that encoder sees them, each with where it lay. */
  private static void assertEmbedded(
      EncoderSnapshot by, int from, int to, List<FrameEmbedding> embeddings) {
    assertThat(embeddings)
        .extracting(FrameEmbedding::offset)
        .containsExactlyElementsOf(IntStream.range(from, to).mapToObj(i -> 1000L + i).toList());
    long id = EncoderId.of(EncoderSnapshotCodec.encode(by));
    try (SnapshotEncoder bare = new SnapshotEncoder(by)) {
      for (FrameEmbedding embedding : embeddings) {
        LocatedFrame frame = frame((int) (embedding.offset() - 1000));
        assertThat(embedding.camera()).isEqualTo(frame.camera());
        assertThat(embedding.captureMillis()).isEqualTo(frame.frame().captureTimeMillis());
        assertThat(embedding.partition()).isEqualTo(3);
        assertThat(embedding.step()).isEqualTo(by.step());
        assertThat(embedding.encoderId()).isEqualTo(id);
        assertThat(embedding.vector())
            .containsExactly(bare.embed(frame.frame().pixels(), 1), within(1e-5f));
      }
    }
  }

  private TwoInputStreamOperatorTestHarness<LocatedFrame, byte[], FrameEmbedding> open(
      Configuration options, OperatorSubtaskState state) throws Exception {
    TwoInputStreamOperatorTestHarness<LocatedFrame, byte[], FrameEmbedding> opened =
        new TwoInputStreamOperatorTestHarness<>(new EmbedOperator(options));
    opened.setup();
    try {
      if (state != null) {
        opened.initializeState(state);
      }
      opened.open();
    } catch (Exception e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private OperatorSubtaskState checkpoint() throws Exception {
    harness.getOperator().prepareSnapshotPreBarrier(1);
    return harness.snapshot(1, 1);
  }

  private void encoder(EncoderSnapshot snapshot) throws Exception {
    harness.processElement2(new StreamRecord<>(EncoderSnapshotCodec.encode(snapshot)));
  }

  private void frames(int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      harness.processElement1(new StreamRecord<>(frame(i)));
    }
  }

  private static LocatedFrame frame(int number) {
    byte[] pixels = new byte[Frame.bytes(SIZE)];
    new Random(number).nextBytes(pixels);
    return new LocatedFrame(
        new Frame("camera-" + number % 3, number * 100L, SIZE, pixels), 3, 1000L + number);
  }

  private static EncoderSnapshot snapshot(long seed, long step) {
    EncoderSettings settings = new EncoderSettings("resnet-s", 8, 1, 8, Normalization.GROUP, SIZE);
    try (ResNetS encoder = ResNetS.forTraining(settings, 2, seed)) {
      return EncoderSnapshot.of(encoder, step);
    }
  }

  private static Configuration options(Map<String, String> more) throws Exception {
    Map<String, String> options =
        new HashMap<>(
            Map.of(
                "frame.size", Integer.toString(SIZE),
                "encoder.width", "8",
                "encoder.embedding-size", "8",
                "embeddings.batch-size", Integer.toString(BATCH),
                "embeddings.max-wait", "1 min"));
    options.putAll(more);
    return OptionsReader.read(null, options);
  }
}
