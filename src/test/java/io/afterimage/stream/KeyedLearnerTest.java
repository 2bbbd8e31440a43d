package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.stream.metric.BatchMetrics;
import io.afterimage.stream.option.BatchOptions;
import io.afterimage.stream.option.LearnerOptions;
import io.afterimage.stream.option.MemoryOptions;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.train.BatchComposer;
import io.afterimage.train.BatchSettings;
import io.afterimage.train.Learner;
import io.afterimage.train.MiniBatch;
import io.afterimage.train.StepReport;
import io.afterimage.train.memory.ArrayGroupStore;
import io.afterimage.train.memory.MemorySettings;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyedLearnerTest {
  private static final int SIZE = 8;

  private final List<StepReport> reports = new ArrayList<>();
  private Configuration options;

  @BeforeEach
  void readOptions() throws Exception {
    options =
        OptionsReader.read(
            null,
            Map.of(
                "frame.size", "" + SIZE,
                "encoder.width", "8",
                "encoder.embedding-size", "8",
                "batch.groups", "4",
                "batch.fresh-groups", "2",
                "memory.capacity", "16",
                "prior.estimator", "prototypes",
                "negatives.strategies", "same-object,camera"));
  }

  @Test
  void accept_groups_givesTheReportsAndTheStateOfStepsOneByOne() throws Exception {
    List<StepReport> expected = new ArrayList<>();
    byte[] expectedState;
    try (Learner alone = new Learner(LearnerOptions.settings(options))) {
      BatchComposer composer = composer();
      for (int i = 0; i < 30; i++) {
        for (MiniBatch batch : composer.accept(group(i))) {
          expected.add(alone.step(batch));
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      alone.write(new DataOutputStream(bytes));
      expectedState = bytes.toByteArray();
    }

    try (KeyedLearner learner = learner()) {
      for (int i = 0; i < 30; i++) {
        learner.accept(group(i));
      }
      learner.drain();
      assertThat(state(learner)).isEqualTo(expectedState);
    }

    assertThat(expected).hasSizeGreaterThan(8);
    assertThat(reports)
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .ignoringFields("phases")
        .isEqualTo(expected);
  }

  private KeyedLearner learner() {
    UnregisteredMetricsGroup metrics = new UnregisteredMetricsGroup();
    return new KeyedLearner(
        composer(),
        new Learner(LearnerOptions.settings(options)),
        new BatchMetrics(metrics),
        new SnapshotSchedule(options, metrics),
        null,
        reports::add,
        0);
  }

  private BatchComposer composer() {
    BatchSettings batch = BatchOptions.settings(options);
    MemorySettings memory = MemoryOptions.settings(options);
    return new BatchComposer(
        batch, memory, new ArrayGroupStore(BatchComposer.slots(batch, memory)), 7);
  }

  private static byte[] state(KeyedLearner learner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    learner.writeLearner(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static PositiveGroup group(int number) {
    byte[] pixels = new byte[2 * SIZE * SIZE * 3];
    new Random(number).nextBytes(pixels);
    return new PositiveGroup(
        "camera-" + number % 2, new long[] {number * 100L, number * 100L + 50}, SIZE, pixels, 3);
  }
}
