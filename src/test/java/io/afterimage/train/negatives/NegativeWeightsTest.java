package io.afterimage.train.negatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class NegativeWeightsTest {
  @Test
  void scaleToMeanOne_eachRow_keepsRatiosAndLosesItsGroup() {
    float[] weights = {
      9, 9, 1, 3, //
      9, 9, 5, 5, //
      0, 0, 9, 9, //
      4, 0, 9, 9
    };
    NegativeWeights.scaleToMeanOne(weights, 2);
    assertThat(weights)
        .containsExactly(
            0, 0, 0.5f, 1.5f, //
            0, 0, 1, 1, //
            0, 0, 0, 0, //
            2, 0, 0, 0);
  }

  @Test
  void scaleToMeanOne_negativeWeight_isRefused() {
    float[] weights = new float[16];
    weights[3] = -1;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NegativeWeights.scaleToMeanOne(weights, 2))
        .withMessage("weights must be >= 0, but one was -1.0");
  }

  @Test
  void scaleToMeanOne_weightNotFinite_makesItsRowNotFinite() {
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] weights = {1, 1, wrong, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
      NegativeWeights.scaleToMeanOne(weights, 2);
      assertThat(weights[2]).isNaN();
      assertThat(weights[6]).isEqualTo(1);
    }
  }

  @Test
  void remainingPrior_strategyThatAccountsForIt_isNone() {
    double[] tau = {0.1, 0.2};
    assertThat(NegativeWeights.remainingPrior(tau, new PosteriorNegatives(2))).containsExactly(0);
    assertThat(NegativeWeights.remainingPrior(tau, new CameraNegatives(1))).isSameAs(tau);
    assertThat(NegativeWeights.remainingPrior(tau, null)).isSameAs(tau);
  }
}
