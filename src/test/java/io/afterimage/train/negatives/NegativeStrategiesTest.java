package io.afterimage.train.negatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.frame.Frame;
import io.afterimage.pairing.PositiveGroup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NegativeStrategiesTest {
  private static final int VIEWS = 2;

  @Test
  void create_noReasons_isNone() {
    assertThat(NegativeStrategies.create(NegativeSettings.ALL_ALIKE)).isNull();
  }

  @Test
  void camera_anchorWithBothKinds_givesItsOwnCameraTheShare() {
    NegativePairs pairs = pairs(0.5f, "a@0", "a@1", "b@0", "c@0");
    float[] weights = weigh(new CameraNegatives(0.75), pairs);
    assertThat(sum(weights, pairs, 0, 1)).isCloseTo(0.75, within(1e-6));
    assertThat(sum(weights, pairs, 0, 2)).isCloseTo(0.125, within(1e-6));
    assertThat(sum(weights, pairs, 0, 3)).isCloseTo(0.125, within(1e-6));
  }

  @Test
  void camera_anchorAloneOnItsCamera_keepsItsWeights() {
    NegativePairs pairs = pairs(0.5f, "a@0", "a@1", "b@0");
    float[] weights = weigh(new CameraNegatives(1), pairs);
    assertThat(sum(weights, pairs, 2, 0)).isEqualTo(2);
    assertThat(sum(weights, pairs, 0, 2)).isZero();
  }

  @Test
  void hard_moreSimilar_weighsMoreByTheExponential() {
    NegativePairs pairs = pairs(0.5f, "a@0", "a@1", "b@0");
    pairs.similarities()[2] = 0.9f;
    float[] weights = weigh(new HardNegatives(3), pairs);
    assertThat((double) weights[2] / weights[3]).isCloseTo(Math.exp(3 * 0.4), within(1e-4));
  }

  @Test
  void posterior_calibrated_takesThePriorOfTheWeightAway() {
    NegativePairs pairs = pairs(0, "a@0", "a@1", "a@2", "a@3", "a@4", "a@5");
    for (int i = 0; i < pairs.similarities().length; i++) {
      pairs.similarities()[i] = (i * 37 % 100) / 100f;
    }
    float[] weights = new float[pairs.rows() * pairs.rows()];
    Arrays.fill(weights, 1);
    new PosteriorNegatives(2).weigh(pairs, weights);
    double left = 0;
    for (int other = 1; other < 6; other++) {
      left += sum(weights, pairs, 0, other) / VIEWS;
    }
    assertThat(left / 5).isCloseTo(0.7, within(1e-3));
  }

  @Test
  void sameObject_nearInTime_countsLessWhereItLooksAlike() {
    SameObjectNegatives strategy = new SameObjectNegatives(60_000, 1000);
    // Positives .9, what is far apart .1, what is near half the way between.
    for (int step = 0; step < 200; step++) {
      strategy.observe(sameObjectBatch());
    }
    assertThat(strategy.prior(2_500)).isCloseTo(0.5, within(0.01));
    assertThat(strategy.prior(3_600_000)).isZero();
    float[] weights = weigh(strategy, sameObjectBatch());
    assertThat(sum(weights, sameObjectBatch(), 0, 1)).isCloseTo(2 * 0.5, within(0.02));
    assertThat(sum(weights, sameObjectBatch(), 0, 2)).isCloseTo(2, within(0.02));
  }

  @Test
  void sameObject_cold_leavesWeightsAlone() {
    float[] weights = weigh(new SameObjectNegatives(60_000, 100), sameObjectBatch());
    assertThat(weights).containsOnly(1);
  }

  @Test
  void sameObject_writtenAndRead_goesOnAsIfNeverInterrupted() throws IOException {
    SameObjectNegatives first = new SameObjectNegatives(60_000, 1000);
    for (int step = 0; step < 200; step++) {
      first.observe(sameObjectBatch());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    first.write(new DataOutputStream(bytes));
    SameObjectNegatives second = new SameObjectNegatives(60_000, 1000);
    second.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(weigh(second, sameObjectBatch())).isEqualTo(weigh(first, sameObjectBatch()));
  }

  private static NegativePairs sameObjectBatch() {
    NegativePairs pairs = pairs(0.1f, "a@0", "a@2500", "a@90000", "a@190000");
    int rows = pairs.rows();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < rows; column++) {
        int one = row / VIEWS;
        int other = column / VIEWS;
        if (one == other) {
          pairs.similarities()[row * rows + column] = row == column ? 1 : 0.9f;
        } else if (one + other == 1) {
          pairs.similarities()[row * rows + column] = 0.5f;
        }
      }
    }
    return pairs;
  }

  /** Groups named CAMERA@MILLIS, all equally similar. */
  private static NegativePairs pairs(float similarity, String... names) {
    List<PositiveGroup> groups = new ArrayList<>();
    for (String name : names) {
      String[] parts = name.split("@");
      long time = Long.parseLong(parts[1]);
      groups.add(
          new PositiveGroup(
              parts[0], new long[] {time - 1, time}, 2, new byte[VIEWS * Frame.bytes(2)], 2));
    }
    float[] similarities = new float[names.length * names.length * VIEWS * VIEWS];
    Arrays.fill(similarities, similarity);
    return new NegativePairs(groups, VIEWS, similarities, new double[] {0.3});
  }

  private static float[] weigh(NegativeStrategy strategy, NegativePairs pairs) {
    float[] weights = new float[pairs.rows() * pairs.rows()];
    Arrays.fill(weights, 1);
    strategy.weigh(pairs, weights);
    return weights;
  }

  /** The weight of a group's views for the first view of another. */
  private static double sum(float[] weights, NegativePairs pairs, int group, int other) {
    double sum = 0;
    for (int view = 0; view < VIEWS; view++) {
      sum += weights[group * VIEWS * pairs.rows() + other * VIEWS + view];
    }
    return sum;
  }
}
