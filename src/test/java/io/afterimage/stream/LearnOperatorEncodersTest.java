package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.model.LocalFiles;
import io.afterimage.model.SnapshotReader;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

/** The encoders that leave the learning operator, and the one that it starts from. */
class LearnOperatorEncodersTest extends LearnOperatorFixture {
  @Test
  void encoders_goOutAtTheStart_atTheirSteps_andAtTheEnd() throws Exception {
    harness = open(options(Map.of("embeddings.refresh-steps", "4")), null);
    harness.setProcessingTime(1);
    assertThat(encoders()).extracting(EncoderSnapshot::step).containsExactly(0L);
    groups(0, 25);
    harness.endInput();

    long last = harness.extractOutputValues().size();
    assertThat(last).isGreaterThan(8).satisfies(step -> assertThat(step % 4).isNotZero());
    List<Long> expected = new ArrayList<>();
    for (long step = 0; step < last; step += 4) {
      expected.add(step);
    }
    expected.add(last);
    assertThat(encoders()).extracting(EncoderSnapshot::step).containsExactlyElementsOf(expected);
  }

  @Test
  void encoders_afterARestore_beginWithTheRestoredOne() throws Exception {
    harness = open(options(Map.of("embeddings.refresh-steps", "100")), null);
    groups(0, 20);
    OperatorSubtaskState state = checkpoint(1);
    long step = harness.extractOutputValues().size();
    harness.close();

    harness = open(options(Map.of("embeddings.refresh-steps", "100")), state);
    harness.setProcessingTime(1);

    assertThat(step).isPositive();
    assertThat(encoders()).extracting(EncoderSnapshot::step).containsExactly(step);
  }

  @Test
  void encoders_ofALearnerAtItsEnd_endWithItsLast() throws Exception {
    harness =
        open(options(Map.of("learner.max-steps", "5", "embeddings.refresh-steps", "3")), null);
    groups(0, 40);
    harness.endInput();

    assertThat(encoders()).extracting(EncoderSnapshot::step).containsExactly(0L, 3L, 5L);
  }

  @Test
  void embeddingsOff_noEncoderGoesOut_andTheWeightsAreTheSame() throws Exception {
    Map<String, String> snapshots =
        Map.of("snapshot.directory", directory.toUri().toString(), "embeddings.refresh-steps", "1");
    harness = open(options(snapshots), null);
    harness.setProcessingTime(1);
    groups(0, 40);
    harness.endInput();
    EncoderSnapshot with = encoders().get(encoders().size() - 1);
    harness.close();

    Map<String, String> off = new HashMap<>(snapshots);
    off.put("embeddings.enabled", "false");
    harness = open(options(off), null);
    harness.setProcessingTime(1);
    groups(0, 40);
    harness.endInput();

    assertThat(harness.getSideOutput(LearnOperator.ENCODERS)).isNull();
    String latest = Files.readString(directory.resolve("latest")).strip();
    assertThat(Files.readAllBytes(directory.resolve(latest).resolve("encoder.afim")))
        .isEqualTo(EncoderSnapshotCodec.encode(with));
  }

  @Test
  void warmStart_beginsWithTheWeightsOfTheSnapshot() throws Exception {
    String registry = learnedElsewhere();
    EncoderSnapshot given = new SnapshotReader(new LocalFiles()).read(registry).snapshot();

    // So small a rate that what is written after some steps is what it began with, nearly.
    Path after = directory.resolve("after");
    harness =
        open(
            options(
                Map.of(
                    "encoder.warm-start",
                    registry,
                    "optimizer.learning-rate",
                    "1e-12",
                    "learner.seed",
                    "77",
                    "snapshot.directory",
                    after.toString())),
            null);
    groups(0, 10);
    harness.endInput();

    EncoderSnapshot left = new SnapshotReader(new LocalFiles()).read(after.toString()).snapshot();
    assertThat(left.step()).isEqualTo(harness.extractOutputValues().size()).isPositive();
    given
        .parameters()
        .forEach(
            (name, values) ->
                assertThat(left.parameters().get(name))
                    .as(name)
                    .containsExactly(values, within(1e-6f)));
  }

  @Test
  void warmStart_ofAnotherEncoder_failsForGoodNamingAllDifferences() throws Exception {
    String registry = learnedElsewhere();
    Configuration other =
        options(
            Map.of("encoder.warm-start", registry, "encoder.width", "16", "encoder.depth", "2"));

    assertThatThrownBy(() -> open(other, null))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .isInstanceOf(IncompatibleEncoderException.class)
        .hasMessageContainingAll(
            "encoder.warm-start",
            "encoder.width is 16, but the encoder there has 8",
            "encoder.depth is 2, but the encoder there has 1");
  }

  @Test
  void warmStart_nothingThere_failsForGoodNamingThePath() throws Exception {
    Configuration wrong = options(Map.of("encoder.warm-start", directory + "/none"));

    assertThatThrownBy(() -> open(wrong, null))
        .isInstanceOf(SuppressRestartsException.class)
        .hasStackTraceContaining("encoder.warm-start " + directory + "/none: there is no snapshot");
  }

  @Test
  void warmStart_restoredState_winsAndNothingIsRead() throws Exception {
    harness = open(options(Map.of()), null);
    groups(0, 20);
    OperatorSubtaskState state = checkpoint(1);
    harness.endInput();
    long steps = harness.extractOutputValues().size();
    harness.close();

    harness = open(options(Map.of("encoder.warm-start", directory + "/none")), state);
    groups(20, 30);
    harness.endInput();

    assertThat(harness.extractOutputValues().get(0).step()).isEqualTo(steps + 1);
  }

  private List<EncoderSnapshot> encoders() throws IOException {
    List<EncoderSnapshot> encoders = new ArrayList<>();
    for (StreamRecord<byte[]> encoder : harness.getSideOutput(LearnOperator.ENCODERS)) {
      encoders.add(EncoderSnapshotCodec.decode(encoder.getValue()));
    }
    return encoders;
  }

  /** A registry with the encoder of a run of some steps. */
  private String learnedElsewhere() throws Exception {
    String registry = directory.resolve("elsewhere").toUri().toString();
    harness = open(options(Map.of("snapshot.directory", registry)), null);
    groups(0, 20);
    harness.endInput();
    harness.close();
    harness = null;
    return registry;
  }
}
