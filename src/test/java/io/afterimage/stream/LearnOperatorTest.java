package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.model.LocalFiles;
import io.afterimage.model.SnapshotManifest;
import io.afterimage.model.SnapshotRegistry;
import io.afterimage.model.StoredSnapshot;
import io.afterimage.stream.record.Types;
import io.afterimage.train.Learner;
import io.afterimage.train.LearnerSettings;
import io.afterimage.train.StepReport;
import io.afterimage.train.prior.Observation;
import io.afterimage.train.prior.PriorEstimate;
import io.afterimage.train.prior.PriorEstimator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.function.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnOperatorTest extends LearnOperatorFixture {
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
    assertFailsForGood(() -> {});
  }

  @Test
  void learnerThatGivesUp_beforeACheckpoint_failsForGood() throws Exception {
    assertFailsForGood(() -> checkpoint(1));
  }

  @Test
  void learnerThatGivesUp_beforeTheInputIsIdle_failsForGood() throws Exception {
    assertFailsForGood(() -> harness.processWatermarkStatus(WatermarkStatus.IDLE));
  }

  /**
   * @param afterEach what waits, after each group, for the steps under way
   */
  private void assertFailsForGood(ThrowingRunnable<Exception> afterEach) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new LearnOperator(options(Map.of("embeddings.enabled", "false")), GivesUp::learner),
            new LearnerKey(),
            Types.LEARNER);
    harness.open();

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20; i++) {
                groups(i, i + 1);
                afterEach.run();
              }
            })
        .isInstanceOf(SuppressRestartsException.class)
        .hasRootCauseMessage("not finite");
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
