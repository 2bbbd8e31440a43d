package io.afterimage.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.ResNetS;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearnerTest {
  /** The results of the learner in learner-v1.gz when it was stored; StoredLearner creates both. */
  private static final double STORED_LOSS_OF_STEP_4 = 1.70194;

  @ParameterizedTest
  @EnumSource
  void step_repeatedOnOneBatch_lowersTheLoss(Normalization normalization) {
    LearnerSettings settings = LearnerFixtures.settings(normalization);
    try (Learner learner = new Learner(settings)) {
      MiniBatch batch = LearnerFixtures.batch(settings, 1);
      double first = learner.step(batch).loss();
      double last = first;
      for (int i = 0; i < 40; i++) {
        last = learner.step(batch).loss();
      }
      assertThat(last).isLessThan(0.8 * first);
    }
  }

  @ParameterizedTest
  @EnumSource
  void step_sameSettingsAndBatches_givesTheSameWeightsToTheBit(Normalization normalization) {
    LearnerSettings settings = LearnerFixtures.settings(normalization);
    assertSame(run(settings, 5), run(settings, 5));
  }

  @ParameterizedTest
  @EnumSource
  void read_whatWriteWrote_continuesToTheBit(Normalization normalization) throws IOException {
    LearnerSettings settings = LearnerFixtures.settings(normalization);
    byte[] state;
    try (Learner learner = new Learner(settings)) {
      for (int i = 0; i < 3; i++) {
        learner.step(LearnerFixtures.batch(settings, i));
      }
      state = state(learner);
    }
    try (Learner learner = new Learner(settings)) {
      learner.read(new DataInputStream(new ByteArrayInputStream(state)));
      assertThat(learner.steps()).isEqualTo(3);
      for (int i = 3; i < 5; i++) {
        learner.step(LearnerFixtures.batch(settings, i));
      }
      assertSame(learner.snapshot(), run(settings, 5));
    }
  }

  @Test
  void read_otherWidth_namesStoredAndGivenValue() throws IOException {
    byte[] state;
    try (Learner learner = new Learner(LearnerFixtures.settings(Normalization.GROUP))) {
      state = state(learner);
    }
    EncoderSettings wider = new EncoderSettings(ResNetS.NAME, 16, 1, 16, Normalization.GROUP, 8);
    try (Learner learner = new Learner(LearnerFixtures.settings(wider))) {
      assertThatThrownBy(() -> learner.read(new DataInputStream(new ByteArrayInputStream(state))))
          .isInstanceOf(OtherEncoderException.class)
          .hasMessageContainingAll("stored encoder", "width=8", "learner's", "width=16");
    }
  }

  @Test
  void step_wrongNumberOfGroups_namesBoth() {
    LearnerSettings settings = LearnerFixtures.settings(Normalization.GROUP);
    try (Learner learner = new Learner(settings)) {
      MiniBatch batch = LearnerFixtures.batch(settings, 1);
      MiniBatch short3 = new MiniBatch(batch.groups().subList(0, 3), 3, 0, 0, Double.NaN, 0);
      assertThatThrownBy(() -> learner.step(short3))
          .hasMessage("a mini-batch must have 4 groups, but had 3");
    }
  }

  @Test
  void step_lossNotFinite_changesNothingAndGivesUpAfterTheAllowedNumber() {
    LearnerSettings settings = LearnerFixtures.diverging();
    try (Learner learner = new Learner(settings)) {
      MiniBatch batch = LearnerFixtures.batch(settings, 1);
      assertThat(learner.step(batch).skipped()).isFalse();
      EncoderSnapshot diverged = learner.snapshot();
      for (int i = 0; i < settings.maxSkippedSteps(); i++) {
        assertThat(learner.step(batch).skipped()).isTrue();
      }
      assertThat(learner.snapshot().parameters().get("projection.kernel"))
          .containsExactly(diverged.parameters().get("projection.kernel"));
      assertThatThrownBy(() -> learner.step(batch))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("not finite in 3 steps in a row")
          .hasMessageContaining("at most 2");
    }
  }

  @Test
  void read_storedVersion1_continuesFromIt() throws IOException {
    LearnerSettings settings = LearnerFixtures.settings(Normalization.GROUP);
    try (Learner learner = new Learner(settings);
        InputStream stored = LearnerTest.class.getResourceAsStream("/learn/learner-v1.gz")) {
      learner.read(new DataInputStream(new GZIPInputStream(stored)));
      assertThat(learner.steps()).isEqualTo(3);
      StepReport report = learner.step(LearnerFixtures.batch(settings, 3));
      assertThat(report.step()).isEqualTo(4);
      assertThat(report.loss()).isCloseTo(STORED_LOSS_OF_STEP_4, Percentage.withPercentage(0.1));
    }
  }

  private static EncoderSnapshot run(LearnerSettings settings, int steps) {
    try (Learner learner = new Learner(settings)) {
      for (int i = 0; i < steps; i++) {
        learner.step(LearnerFixtures.batch(settings, i));
      }
      return learner.snapshot();
    }
  }

  private static byte[] state(Learner learner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    learner.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static void assertSame(EncoderSnapshot actual, EncoderSnapshot expected) {
    assertThat(actual.step()).isEqualTo(expected.step());
    assertThat(actual.parameters().keySet()).isEqualTo(expected.parameters().keySet());
    expected
        .parameters()
        .forEach(
            (name, values) ->
                assertThat(actual.parameters().get(name)).as(name).containsExactly(values));
  }
}
