package io.afterimage.train.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.train.prior.PriorEstimate.Meaning;
import io.afterimage.train.prior.PriorSettings.Estimator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ContrastPriorTest {
  private static final double SAFE = 0.05;
  private static final PriorSettings SETTINGS =
      new PriorSettings(Estimator.CONTRAST, SAFE, 0, 0.5, 100, 20, 100);

  private static PriorEstimate after(
      PriorEstimator prior, VisitStream stream, int steps, boolean ownCamera) {
    for (int step = 0; step < steps; step++) {
      prior.observe(stream.next(ownCamera));
    }
    return prior.estimate();
  }

  @Test
  void estimate_objectsThatRecur_isTheirShareOfWhatTheLossWeighs() {
    for (boolean ownCamera : new boolean[] {true, false}) {
      for (long visitMillis : new long[] {2_000, 4_000, 8_000}) {
        VisitStream stream = new VisitStream(visitMillis, 0.2, 1);
        PriorEstimator prior = PriorEstimators.create(SETTINGS);
        after(prior, stream, 60, ownCamera);
        stream.objectPrior();
        PriorEstimate estimate = after(prior, stream, 140, ownCamera);
        double truth = stream.objectPrior();
        assertThat(estimate.identified()).isTrue();
        assertThat(estimate.meaning()).isEqualTo(Meaning.EFFECTIVE_PRIOR);
        assertThat(estimate.value()).isCloseTo(truth, within(0.2 * truth));
        assertThat(estimate.value()).isBetween(estimate.lower(), estimate.upper());
      }
    }
  }

  @Test
  void estimate_afterVisitsBecameLonger_follows() {
    VisitStream stream = new VisitStream(2_000, 0.2, 1);
    PriorSettings quick = new PriorSettings(Estimator.CONTRAST, SAFE, 0, 0.5, 30, 20, 100);
    PriorEstimator prior = PriorEstimators.create(quick);
    after(prior, stream, 100, true);
    stream.stay(8_000);
    after(prior, stream, 120, true);
    stream.objectPrior();
    PriorEstimate estimate = after(prior, stream, 30, true);
    double truth = stream.objectPrior();
    assertThat(estimate.identified()).isTrue();
    assertThat(estimate.value()).isCloseTo(truth, within(0.2 * truth));
  }

  @Test
  void estimate_embeddingsThatTellFramesButNotObjects_isNotIdentifiedAndSafe() {
    // Each frame time shows something new, which only the views of one group share.
    assertNotIdentified(new VisitStream(500, 0.2, 1));
  }

  @Test
  void estimate_embeddingsThatTellNothing_isNotIdentifiedAndSafe() {
    assertNotIdentified(new VisitStream(4_000, 100, 1));
  }

  @Test
  void estimate_objectsThatStayForLonger_isNotIdentifiedAndSafe() {
    assertNotIdentified(new VisitStream(40_000, 0.2, 1));
  }

  private static void assertNotIdentified(VisitStream stream) {
    PriorEstimate estimate = after(PriorEstimators.create(SETTINGS), stream, 200, true);
    assertThat(estimate.identified()).isFalse();
    assertThat(estimate.value()).isEqualTo(SAFE);
  }

  @Test
  void estimate_inWarmup_isNotIdentifiedAndWithinTheBounds() {
    PriorEstimator prior = PriorEstimators.create(SETTINGS);
    VisitStream stream = new VisitStream(4_000, 0.2, 1);
    assertThat(prior.estimate().value()).isEqualTo(SAFE);
    for (int step = 1; step < 20; step++) {
      PriorEstimate estimate = after(prior, stream, 1, true);
      assertThat(estimate.identified()).isFalse();
      assertThat(estimate.value()).isEqualTo(SAFE);
    }
  }

  @Test
  void estimate_neverLeavesTheBounds() {
    VisitStream stream = new VisitStream(8_000, 0.2, 1);
    PriorEstimator prior =
        PriorEstimators.create(new PriorSettings(Estimator.CONTRAST, 0.05, 0.04, 0.1, 100, 5, 100));
    for (int step = 0; step < 200; step++) {
      assertThat(after(prior, stream, 1, true).value()).isBetween(0.04, 0.1);
    }
    // The share is above the upper bound.
    assertThat(stream.objectPrior()).isGreaterThan(0.1);
    assertThat(prior.estimate().identified()).isFalse();
  }

  @Test
  void read_ofWhatWasWritten_goesOnAlike() throws IOException {
    VisitStream stream = new VisitStream(4_000, 0.2, 1);
    PriorEstimator prior = PriorEstimators.create(SETTINGS);
    after(prior, stream, 100, true);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    prior.write(new DataOutputStream(bytes));
    PriorEstimator restored = PriorEstimators.create(SETTINGS);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(restored.estimate()).isEqualTo(prior.estimate());
    Observation next = stream.next(true);
    prior.observe(next);
    restored.observe(next);
    assertThat(restored.estimate()).isEqualTo(prior.estimate());
    assertThat(prior.estimate().identified()).isTrue();
  }

  @Test
  void settings_outOfRange_nameOptionAndValue() {
    assertThatThrownBy(() -> new PriorSettings(Estimator.FIXED, 0.1, 0, 1, 10, 0, 10))
        .hasMessage("min and max must hold 0 <= min <= max < 1, but were 0.0 and 1.0");
    assertThatThrownBy(() -> new PriorSettings(Estimator.CONTRAST, 0.9, 0, 0.5, 10, 0, 10))
        .hasMessage("fixed must be in [min, max] = [0.0, 0.5], but was 0.9");
  }

  @Test
  void read_ofTheFirstVersion_startsAfresh() throws IOException {
    PriorEstimator prior = PriorEstimators.create(SETTINGS);
    prior.read(new DataInputStream(new ByteArrayInputStream(new byte[] {0, 0, 0, 1, 9, 9})));
    assertThat(prior.estimate()).isEqualTo(PriorEstimators.create(SETTINGS).estimate());
  }

  @Test
  void read_ofAnUnknownVersion_namesIt() {
    PriorEstimator prior = PriorEstimators.create(SETTINGS);
    assertThatThrownBy(
            () ->
                prior.read(new DataInputStream(new ByteArrayInputStream(new byte[] {0, 0, 0, 7}))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 7");
  }
}
