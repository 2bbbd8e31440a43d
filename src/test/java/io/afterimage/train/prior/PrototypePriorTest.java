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
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PrototypePriorTest {
  private static final double SAFE = 0.05;
  private static final PriorSettings SETTINGS =
      new PriorSettings(Estimator.PROTOTYPES, SAFE, 0, 0.95, 50, 20, 100);

  private static PriorEstimator observed(
      MixtureStream stream, double[] priors, int steps, PriorSettings settings) {
    PriorEstimator prior = PriorEstimators.create(settings);
    for (int step = 0; step < steps; step++) {
      prior.observe(stream.next(priors, 0));
    }
    return prior;
  }

  @Test
  void estimate_classesThatAreClusters_isWithinAFactorOfTheClassPrior() {
    int runs = 0;
    int identified = 0;
    for (int classes : new int[] {4, 7, 10}) {
      for (double most : new double[] {1.0 / classes, 0.7}) {
        double[] priors = new double[classes];
        Arrays.fill(priors, (1 - most) / (classes - 1));
        priors[0] = most;
        double truth = MixtureStream.classPrior(priors);
        for (long seed = 1; seed <= 5; seed++) {
          PriorEstimate estimate =
              observed(new MixtureStream(classes, 0.1, seed), priors, 200, SETTINGS).estimate();
          assertThat(estimate.meaning()).isEqualTo(Meaning.CLASS_PRIOR);
          runs++;
          if (estimate.identified()) {
            identified++;
            assertThat(estimate.value()).isBetween(truth / 1.5, truth * 1.5);
          }
        }
      }
    }
    assertThat(identified).isGreaterThan(runs * 3 / 4);
  }

  @Test
  void groupPriors_skewedClasses_areTheSharesOfTheClasses() {
    double[] priors = {0.7, 0.1, 0.1, 0.1};
    MixtureStream stream = new MixtureStream(4, 0.08, 3);
    PriorEstimator prior = observed(stream, priors, 200, SETTINGS);
    Observation next = stream.next(priors, 1);
    double[] tau = prior.groupPriors(next.embeddings(), 2, next.cameras());
    assertThat(tau).hasSize(next.groups());
    int near = 0;
    for (int group = 0; group < tau.length; group++) {
      double truth = "class 0".equals(next.labels().get(group)) ? 0.7 : 0.1;
      near += Math.abs(tau[group] - truth) < 0.1 ? 1 : 0;
    }
    assertThat(near).isGreaterThan(tau.length * 3 / 4);
  }

  @Test
  void groupPriors_identified_leavesTheStateAsItWas() throws IOException {
    double[] priors = {0.7, 0.1, 0.1, 0.1};
    MixtureStream stream = new MixtureStream(4, 0.08, 3);
    PriorEstimator prior = observed(stream, priors, 200, SETTINGS);
    byte[] before = state(prior);
    Observation next = stream.next(priors, 1);

    assertThat(prior.groupPriors(next.embeddings(), 2, next.cameras())).hasSizeGreaterThan(1);

    assertThat(state(prior)).isEqualTo(before);
  }

  private static byte[] state(PriorEstimator prior) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    prior.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void estimate_noClusters_isNotIdentifiedAndSafe() {
    PriorEstimate estimate =
        observed(new MixtureStream(4, 100, 1), MixtureStream.equal(4), 100, SETTINGS).estimate();
    assertThat(estimate.identified()).isFalse();
    assertThat(estimate.value()).isEqualTo(SAFE);
  }

  @Test
  void estimate_evenlySpreadDirections_isNotIdentifiedAndSafe() {
    // The optimum of a contrastive loss; any two points on a circle can be k-means' prototypes.
    PriorEstimator prior = PriorEstimators.create(SETTINGS);
    Random random = new Random(1);
    for (int step = 0; step < 200; step++) {
      prior.observe(circle(random, step));
    }
    assertThat(prior.estimate().identified()).isFalse();
    assertThat(prior.estimate().value()).isEqualTo(SAFE);
  }

  private static Observation circle(Random random, int step) {
    int groups = 32;
    float[] embeddings = new float[groups * 4];
    long[] times = new long[groups];
    for (int group = 0; group < groups; group++) {
      double angle = 2 * Math.PI * random.nextDouble();
      for (int view = 0; view < 2; view++) {
        embeddings[group * 4 + view * 2] = (float) Math.cos(angle);
        embeddings[group * 4 + view * 2 + 1] = (float) Math.sin(angle);
      }
      times[group] = step * 100_000L + group * 2_000L;
    }
    return new Observation(
        embeddings,
        2,
        Collections.nCopies(groups, "gate"),
        times,
        null,
        Collections.nCopies(groups, null));
  }

  @Test
  void estimate_inWarmup_isNotIdentifiedAndSafe() {
    PriorEstimator prior =
        observed(new MixtureStream(4, 0.05, 1), MixtureStream.equal(4), 19, SETTINGS);
    assertThat(prior.estimate().identified()).isFalse();
    assertThat(prior.estimate().value()).isEqualTo(SAFE);
  }

  @Test
  void estimate_aboveTheUpperBound_isTheBound() {
    PriorSettings bounded = new PriorSettings(Estimator.PROTOTYPES, SAFE, 0, 0.1, 50, 20, 100);
    PriorEstimator prior =
        observed(new MixtureStream(4, 0.05, 1), MixtureStream.equal(4), 100, bounded);
    assertThat(prior.estimate().value()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void read_ofWhatWasWritten_goesOnAlike() throws IOException {
    MixtureStream stream = new MixtureStream(4, 0.1, 1);
    PriorEstimator prior = observed(stream, MixtureStream.equal(4), 60, SETTINGS);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    prior.write(new DataOutputStream(bytes));
    PriorEstimator restored = PriorEstimators.create(SETTINGS);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    Observation next = stream.next(MixtureStream.equal(4), 0);
    prior.observe(next);
    restored.observe(next);
    assertThat(restored.estimate()).isEqualTo(prior.estimate());
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
