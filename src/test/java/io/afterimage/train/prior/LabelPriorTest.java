package io.afterimage.train.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.train.prior.PriorEstimate.Meaning;
import io.afterimage.train.prior.PriorSettings.Estimator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class LabelPriorTest {
  private static final double SAFE = 0.05;
  private static final PriorSettings SETTINGS =
      new PriorSettings(Estimator.LABELS, SAFE, 0, 0.95, 200, 0, 100);
  private static final double[] SKEWED = {0.7, 0.1, 0.1, 0.1};

  private static PriorEstimate after(
      PriorEstimator prior, MixtureStream stream, double[] priors, int steps, double labelled) {
    for (int step = 0; step < steps; step++) {
      prior.observe(stream.next(priors, labelled));
    }
    return prior.estimate();
  }

  @Test
  void estimate_tenLabelsAClass_isNearTheClassPrior() {
    for (long seed = 1; seed <= 5; seed++) {
      // 100 steps of 32 groups, of which 40 are labelled in the mean.
      PriorEstimate balanced =
          after(
              PriorEstimators.create(SETTINGS),
              new MixtureStream(4, 0.2, seed),
              MixtureStream.equal(4),
              100,
              40 / 3200.0);
      assertThat(balanced.identified()).isTrue();
      assertThat(balanced.meaning()).isEqualTo(Meaning.CLASS_PRIOR);
      assertThat(balanced.value()).isCloseTo(0.25, within(0.025));
      PriorEstimate skewed =
          after(
              PriorEstimators.create(SETTINGS),
              new MixtureStream(4, 0.2, seed),
              SKEWED,
              100,
              40 / 3200.0);
      assertThat(skewed.value()).isCloseTo(0.52, within(0.104));
    }
  }

  @Test
  void estimate_afterASwitch_followsBetweenLabels() {
    for (long seed = 1; seed <= 5; seed++) {
      MixtureStream stream = new MixtureStream(4, 0.2, seed);
      PriorEstimator prior = PriorEstimators.create(SETTINGS);
      after(prior, stream, MixtureStream.equal(4), 100, 40 / 3200.0);
      // Not one label after the switch.
      assertThat(after(prior, stream, SKEWED, 200, 0).value()).isCloseTo(0.52, within(0.104));
    }
  }

  @Test
  void estimate_embeddingsThatTellNothing_isThatOfTheLabels() {
    double sum = 0;
    int covered = 0;
    int runs = 20;
    for (long seed = 1; seed <= runs; seed++) {
      PriorEstimate estimate =
          after(
              PriorEstimators.create(SETTINGS),
              new MixtureStream(4, 100, seed),
              SKEWED,
              50,
              100 / 1600.0);
      sum += estimate.value() / runs;
      covered += estimate.lower() <= 0.52 && 0.52 <= estimate.upper() ? 1 : 0;
    }
    assertThat(sum).isCloseTo(0.52, within(0.05));
    assertThat(covered).isGreaterThanOrEqualTo(16);
  }

  @Test
  void estimate_noOrFewLabels_isNotIdentifiedAndSafe() {
    MixtureStream stream = new MixtureStream(4, 0.2, 1);
    PriorEstimator prior = PriorEstimators.create(SETTINGS);
    PriorEstimate none = after(prior, stream, MixtureStream.equal(4), 20, 0);
    assertThat(none.identified()).isFalse();
    assertThat(none.value()).isEqualTo(SAFE);
  }

  @Test
  void read_ofWhatWasWritten_goesOnAlike() throws IOException {
    MixtureStream stream = new MixtureStream(4, 0.2, 1);
    PriorEstimator prior = PriorEstimators.create(SETTINGS);
    after(prior, stream, SKEWED, 33, 0.05);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    prior.write(new DataOutputStream(bytes));
    PriorEstimator restored = PriorEstimators.create(SETTINGS);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(restored.estimate()).isEqualTo(prior.estimate());
    for (int step = 0; step < 7; step++) {
      Observation next = stream.next(SKEWED, 0.05);
      prior.observe(next);
      restored.observe(next);
    }
    assertThat(restored.estimate()).isEqualTo(prior.estimate());
  }
}
