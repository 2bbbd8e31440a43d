package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.model.LocalFiles;
import io.afterimage.model.SnapshotManifest;
import io.afterimage.model.SnapshotReader;
import io.afterimage.model.SnapshotRegistry;
import io.afterimage.model.StoredSnapshot;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.stream.record.Types;
import io.afterimage.train.Learner;
import io.afterimage.train.LearnerSettings;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.prior.Observation;
import io.afterimage.train.prior.PriorEstimate;
import io.afterimage.train.prior.PriorEstimator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnOperatorTest {
  private static final int SIZE = 16;

  @TempDir Path directory;

  private StateBackend backend = new HashMapStateBackend();
  private KeyedOneInputStreamOperatorTestHarness<Integer, PositiveGroup, StepReport> harness;

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void restore_betweenAnyTwoGroups_givesTheReportsOfTheWholeRun(String stateBackend)
      throws Exception {
    backend =
        StateBackendLoader.loadStateBackendFromConfig(
            new Configuration().set(StateBackendOptions.STATE_BACKEND, stateBackend),
            getClass().getClassLoader(),
            null);
    harness = open(options(Map.of()), null);
    groups(0, 40);
    harness.endInput();
    List<StepReport> expected = harness.extractOutputValues();
    harness.close();

    List<StepReport> actual = new ArrayList<>();
    harness = open(options(Map.of()), null);
    for (int i = 0; i < 40; i++) {
      if (i % 9 == 5) {
        OperatorSubtaskState state = checkpoint(i);
        actual.addAll(harness.extractOutputValues());
        harness.close();
        harness = open(options(Map.of()), state);
      }
      groups(i, i + 1);
    }
    harness.endInput();
    actual.addAll(harness.extractOutputValues());

    assertThat(expected).hasSizeGreaterThan(10);
    assertThat(actual)
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .ignoringFields("phases")
        .isEqualTo(expected);
  }

  @Test
  void restore_withAnotherEncoder_failsForGoodBeforeTheFirstGroup() throws Exception {
    harness = open(options(Map.of()), null);
    groups(0, 20);
    OperatorSubtaskState state = checkpoint(1);
    harness.close();
    harness = null;

    Configuration other = options(Map.of("encoder.embedding-size", "12"));

    assertThatThrownBy(() -> open(other, state))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .isInstanceOf(IncompatibleEncoderException.class)
        .hasMessageContainingAll("encoder.embedding-size", "12", "8");
  }

  @Test
  void restore_withAnotherMemory_namesTheOption() throws Exception {
    harness = open(options(Map.of()), null);
    groups(0, 20);
    OperatorSubtaskState state = checkpoint(1);
    harness.close();
    harness = null;

    Configuration other = options(Map.of("memory.capacity", "17"));

    assertThatThrownBy(() -> open(other, state))
        .rootCause()
        .hasMessageContainingAll("memory.capacity", "16", "17");
  }

  @Test
  void idleInput_bringsTheLastReports() throws Exception {
    harness = open(options(Map.of()), null);
    groups(0, 9);

    harness.getOperator().processWatermarkStatus(WatermarkStatus.IDLE);
    List<StepReport> idle = harness.extractOutputValues();
    harness.endInput();

    assertThat(idle).isNotEmpty().hasSameSizeAs(harness.extractOutputValues());
  }

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

  private List<EncoderSnapshot> encoders() throws IOException {
    List<EncoderSnapshot> encoders = new ArrayList<>();
    for (StreamRecord<byte[]> encoder : harness.getSideOutput(LearnOperator.ENCODERS)) {
      encoders.add(EncoderSnapshotCodec.decode(encoder.getValue()));
    }
    return encoders;
  }

  @Test
  void endInput_leavesASnapshotOfTheLastStep() throws Exception {
    Map<String, String> snapshots =
        Map.of(
            "snapshot.directory",
            directory.toUri().toString(),
            "snapshot.interval-steps",
            "4",
            "snapshot.keep",
            "2");
    harness = open(options(snapshots), null);
    groups(0, 21);
    harness.endInput();

    long last = harness.extractOutputValues().size();
    assertThat(last % 4).isNotZero();
    SnapshotRegistry registry = new SnapshotRegistry(new LocalFiles(), directory.toString());
    assertThat(registry.list())
        .extracting(SnapshotManifest::step)
        .containsExactly(last - last % 4, last);
    StoredSnapshot latest = registry.read(registry.latest().orElseThrow());
    assertThat(latest.snapshot().step()).isEqualTo(last);
    StepReport report = harness.extractOutputValues().get((int) last - 1);
    assertThat(latest.manifest().metrics())
        .containsEntry("loss", report.loss())
        .containsEntry("framesSeen", (double) report.framesSeen());
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

  @Test
  void maxSteps_reached_leavesASnapshotAndPassesGroupsOver() throws Exception {
    Map<String, String> limited =
        Map.of("snapshot.directory", directory.toUri().toString(), "learner.max-steps", "5");
    harness = open(options(limited), null);
    groups(0, 40);

    List<StepReport> reports = harness.extractOutputValues();
    assertThat(reports).hasSize(5);
    assertThat(Files.readString(directory.resolve("latest")).strip())
        .isEqualTo("step-%012d".formatted(5));
    harness.endInput();
    assertThat(harness.extractOutputValues()).hasSize(5);
  }

  @Test
  void snapshotsThatCannotBeWritten_doNotStopTheSteps_butTheLastOneMustBe() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "no directory");
    harness =
        open(
            options(
                Map.of(
                    "snapshot.directory", file.toUri().toString(), "snapshot.interval-steps", "1")),
            null);
    groups(0, 20);
    checkpoint(1);

    assertThat(harness.extractOutputValues()).hasSizeGreaterThan(3);
    assertThatThrownBy(() -> harness.endInput()).isInstanceOf(IOException.class);
  }

  @Test
  void learnerThatGivesUp_failsForGood() throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new LearnOperator(options(Map.of("embeddings.enabled", "false")), GivesUp::learner),
            new LearnerKey(),
            Types.LEARNER);
    harness.open();

    assertThatThrownBy(() -> groups(0, 20))
        .isInstanceOf(SuppressRestartsException.class)
        .hasRootCauseMessage("not finite");
  }

  private KeyedOneInputStreamOperatorTestHarness<Integer, PositiveGroup, StepReport> open(
      Configuration options, OperatorSubtaskState state) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<Integer, PositiveGroup, StepReport> opened =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new LearnOperator(options, Learner::new), new LearnerKey(), Types.LEARNER);
    opened.setStateBackend(backend);
    if (state != null) {
      opened.initializeState(state);
    }
    try {
      opened.open();
    } catch (Exception e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private OperatorSubtaskState checkpoint(long id) throws Exception {
    harness.prepareSnapshotPreBarrier(id);
    return harness.snapshot(id, id);
  }

  private void groups(int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      harness.processElement(new StreamRecord<>(group(i)));
    }
  }

  private static PositiveGroup group(int number) {
    byte[] pixels = new byte[2 * SIZE * SIZE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (number * 31 + i * (1 + number % 5));
    }
    return new PositiveGroup(
        "camera-" + number % 3, new long[] {number * 100L, number * 100L + 50}, SIZE, pixels, 3);
  }

  private static Configuration options(Map<String, String> more) throws Exception {
    Map<String, String> options =
        new HashMap<>(
            Map.of(
                "frame.size", "16",
                "encoder.width", "8",
                "encoder.embedding-size", "8",
                "batch.groups", "4",
                "batch.fresh-groups", "2",
                "memory.capacity", "16",
                "prior.warmup-steps", "3"));
    options.putAll(more);
    return OptionsReader.read(null, options);
  }

  /** A prior with which no step ends. */
  private static final class GivesUp implements PriorEstimator {
    static Learner learner(LearnerSettings settings) {
      return new Learner(settings, new GivesUp(), null);
    }

    @Override
    public void observe(Observation observation) {}

    @Override
    public PriorEstimate estimate() {
      throw new IllegalStateException("not finite");
    }

    @Override
    public void write(DataOutput out) {}

    @Override
    public void read(DataInput in) {}
  }
}
