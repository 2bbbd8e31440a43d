package io.afterimage.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.FaultyEncoder.Fault;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.negatives.NegativeSettings;
import io.afterimage.train.negatives.NegativeSettings.Reason;
import io.afterimage.train.negatives.NegativeStrategies;
import io.afterimage.train.prior.PriorEstimators;
import io.afterimage.train.prior.PriorSettings;
import io.afterimage.train.prior.PriorSettings.Estimator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A step that is skipped leaves everything as it was but the number of the step. */
class SkippedStepTest {
  private static final int GROUPS = 8;

  static Stream<Arguments> everything() {
    List<Arguments> all = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (Normalization each : Normalization.values()) {
        all.add(Arguments.of(fault, each, Estimator.FIXED, List.of()));
      }
      for (Estimator each : Estimator.values()) {
        all.add(Arguments.of(fault, Normalization.WEIGHT, each, List.of(Reason.SAME_OBJECT)));
      }
      for (Reason each : Reason.values()) {
        all.add(Arguments.of(fault, Normalization.WEIGHT, Estimator.FIXED, List.of(each)));
      }
      all.add(
          Arguments.of(fault, Normalization.BATCH, Estimator.PROTOTYPES, List.of(Reason.values())));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void step_notFinite_changesNothingButItsNumber(
      Fault fault, Normalization normalization, Estimator estimator, List<Reason> reasons)
      throws IOException {
    LearnerSettings settings = settings(normalization, estimator, reasons);
    FaultyEncoder encoder = new FaultyEncoder(Learner.newEncoder(settings));
    try (Learner learner =
        new Learner(
            settings,
            encoder,
            PriorEstimators.create(settings.prior()),
            NegativeStrategies.create(settings.negatives()))) {
      Random random = new Random(1);
      for (int i = 0; i < 6; i++) {
        assertThat(learner.step(batch(settings, random, i)).skipped()).isFalse();
      }
      Map<String, Object> before = state(learner);

      encoder.setFault(fault);
      StepReport report = learner.step(batch(settings, random, 6));

      assertThat(report.skipped()).isTrue();
      Map<String, Object> after = state(learner);
      assertThat(after.remove("step")).isEqualTo(7L);
      assertThat(after.remove("skipped in a row")).isEqualTo(1);
      before.keySet().removeAll(List.of("step", "skipped in a row"));
      assertThat(after).isEqualTo(before);

      encoder.setFault(null);
      assertThat(learner.step(batch(settings, random, 7)).skipped()).isFalse();
      assertThat(state(learner)).containsEntry("skipped in a row", 0);
    }
  }

  /** The learner's binary form, part by part, as {@link LearnerState} describes it. */
  private static Map<String, Object> state(Learner learner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    learner.write(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    Map<String, Object> state = new TreeMap<>();
    state.put("magic", in.readInt());
    state.put("version", in.readInt());
    state.put("seed", in.readLong());
    state.put("skipped in a row", in.readInt());
    EncoderSnapshot encoder = EncoderSnapshotCodec.decode(block(in).array());
    state.put("step", encoder.step());
    encoder
        .parameters()
        .forEach((name, values) -> state.put("encoder " + name, FloatBuffer.wrap(values)));
    state.put("optimizer", block(in));
    state.put("estimator", in.readUTF());
    state.put("estimator's state", block(in));
    state.put("strategies", in.readUTF());
    state.put("strategies' state", block(in));
    assertThat(in.available()).isZero();
    return state;
  }

  private static ByteBuffer block(DataInputStream in) throws IOException {
    return ByteBuffer.wrap(in.readNBytes(in.readInt()));
  }

  private static LearnerSettings settings(
      Normalization normalization, Estimator estimator, List<Reason> reasons) {
    LearnerSettings small = LearnerFixtures.settings(normalization);
    return new LearnerSettings(
        small.encoder(),
        GROUPS,
        small.views(),
        small.temperature(),
        new PriorSettings(estimator, 0.1, 0.01, 0.5, 40, 2, 20, 4),
        NegativeSettings.of(reasons.toArray(Reason[]::new)),
        small.optimizer(),
        small.augmentation(),
        small.maxSkippedSteps(),
        small.seed());
  }

  /** Three kinds of pictures from two cameras, some of them labelled, within minutes. */
  private static MiniBatch batch(LearnerSettings settings, Random random, int step) {
    int bytes = settings.encoder().frameSize() * settings.encoder().frameSize() * 3;
    List<PositiveGroup> groups = new ArrayList<>();
    for (int i = 0; i < settings.groups(); i++) {
      int kind = random.nextInt(3);
      byte[] pixels = new byte[settings.views() * bytes];
      new Random(kind).nextBytes(pixels);
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = (byte) (pixels[p % bytes] + random.nextInt(20));
      }
      long time = step * 1000L + random.nextInt(200_000);
      groups.add(
          new PositiveGroup(
              "camera-" + random.nextInt(2),
              new long[] {time, time + 500},
              settings.encoder().frameSize(),
              pixels,
              2,
              i % 2 == 0 ? "kind-" + kind : null));
    }
    return new MiniBatch(groups, settings.groups(), step, step, Double.NaN, 0);
  }
}
