package io.afterimage.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.prior.PriorEstimate.Meaning;
import io.afterimage.prior.PriorSettings.Estimator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ContrastPriorTest {
  private static final double SAFE = 0.05;
  private static final PriorSettings SETTINGS =
      new PriorSettings(Estimator.CONTRAST, SAFE, 0, 0.5, 200, 20, 100);

  private final Random random = new Random(1);

  /** Similarities about a centre. */
  private float[] around(double centre, double deviation, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.max(-1, Math.min(1, centre + deviation * random.nextGaussian()));
    }
    return values;
  }

  /** Random pairs of which a share shows what positives show. */
  private float[] mixture(double share, double positive, double negative, int count) {
    float[] values = around(negative, 0.15, count);
    float[] alike = around(positive, 0.1, count);
    for (int i = 0; i < count; i++) {
      if (random.nextDouble() < share) {
        values[i] = alike[i];
      }
    }
    return values;
  }

  private PriorEstimator observed(
      PriorSettings settings, int steps, double share, double negative) {
    PriorEstimator prior = PriorEstimators.create(settings);
    observe(prior, steps, share, negative);
    return prior;
  }

  private void observe(PriorEstimator prior, int steps, double share, double negative) {
    for (int step = 0; step < steps; step++) {
      prior.observe(observation(around(0.7, 0.1, 128), mixture(share, 0.7, negative, 4000)));
    }
  }

  private static Observation observation(float[] positive, float[] negative) {
    return new Observation(positive, negative, new float[0], 2, List.of(), new long[0], List.of());
  }

  @Test
  void estimate_separableMixture_findsTheShare() {
    for (double share : new double[] {0.05, 0.1, 0.25}) {
      PriorEstimate estimate = observed(SETTINGS, 100, share, -0.1).estimate();
      assertThat(estimate.identified()).isTrue();
      assertThat(estimate.value()).isCloseTo(share, within(0.02));
      assertThat(share).isBetween(estimate.lower(), estimate.upper());
      assertThat(estimate.meaning()).isEqualTo(Meaning.EFFECTIVE_PRIOR);
    }
  }

  @Test
  void estimate_nearDuplicatesAsPositives_isFarBelowTheClassPrior() {
    PriorEstimator prior = PriorEstimators.create(SETTINGS);
    for (int step = 0; step < 100; step++) {
      prior.observe(observation(around(0.97, 0.01, 128), mixture(0.25, 0.6, -0.1, 4000)));
    }
    PriorEstimate estimate = prior.estimate();
    assertThat(estimate.value()).isLessThan(0.02);
    assertThat(estimate.meaning()).isEqualTo(Meaning.EFFECTIVE_PRIOR);
  }

  @Test
  void estimate_thatDependsOnTheResolution_isNotIdentified() {
    PriorEstimator prior = PriorEstimators.create(SETTINGS);
    for (int step = 0; step < 100; step++) {
      // Wide negatives reach beyond the positives: no threshold leaves positives alone.
      float[] negative = around(0.2, 0.3, 4000);
      prior.observe(observation(around(0.8, 0.08, 128), negative));
    }
    PriorEstimate estimate = prior.estimate();
    assertThat(estimate.identified()).isFalse();
    assertThat(estimate.value()).isEqualTo(SAFE);
  }

  @Test
  void estimate_coldEncoder_isNotIdentifiedAndSafe() {
    PriorEstimate estimate = observed(SETTINGS, 100, 0.1, 0.7).estimate();
    assertThat(estimate.identified()).isFalse();
    assertThat(estimate.value()).isEqualTo(SAFE);
  }

  @Test
  void estimate_inWarmup_isNotIdentifiedAndSafe() {
    assertThat(PriorEstimators.create(SETTINGS).estimate().identified()).isFalse();
    PriorEstimate estimate = observed(SETTINGS, 19, 0.1, -0.1).estimate();
    assertThat(estimate.identified()).isFalse();
    assertThat(estimate.value()).isEqualTo(SAFE);
  }

  @Test
  void estimate_afterASwitch_forgetsByHalfLives() {
    PriorSettings settings = new PriorSettings(Estimator.CONTRAST, SAFE, 0, 0.5, 10, 20, 100);
    PriorEstimator prior = observed(settings, 100, 0.3, -0.1);
    observe(prior, 60, 0.1, -0.1);
    assertThat(prior.estimate().value()).isCloseTo(0.1, within(0.03));
  }

  @Test
  void estimate_belowTheLowerBound_isTheBound() {
    PriorSettings settings = new PriorSettings(Estimator.CONTRAST, 0.3, 0.2, 0.5, 200, 20, 100);
    assertThat(observed(settings, 100, 0.01, -0.1).estimate().value()).isEqualTo(0.2);
  }

  @Test
  void read_ofWhatWasWritten_goesOnAlike() throws IOException {
    PriorEstimator prior = observed(SETTINGS, 50, 0.1, -0.1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    prior.write(new DataOutputStream(bytes));
    PriorEstimator restored = PriorEstimators.create(SETTINGS);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    float[] positive = around(0.7, 0.1, 128);
    float[] negative = mixture(0.2, 0.7, -0.1, 4000);
    prior.observe(observation(positive, negative));
    restored.observe(observation(positive, negative));
    assertThat(restored.estimate()).isEqualTo(prior.estimate());
  }

  @Test
  void settings_outOfRange_nameOptionAndValue() {
    assertThatThrownBy(() -> new PriorSettings(Estimator.FIXED, 0.1, 0, 1, 10, 0, 10))
        .hasMessage("prior.min and prior.max must hold 0 <= min <= max < 1, but were 0.0 and 1.0");
    assertThatThrownBy(() -> new PriorSettings(Estimator.FIXED, 0.9, 0, 0.5, 10, 0, 10))
        .hasMessage("prior.fixed must be in [prior.min, prior.max] = [0.0, 0.5], but was 0.9");
  }
}
