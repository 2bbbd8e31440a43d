package io.afterimage.train.negatives;

/**
 * Reweights negatives by similarity: weight exp(hardness s).
 *
 * <p>Robinson, Chuang, Sra, Jegelka, "Contrastive Learning with Hard Negative Samples", ICLR 2021
 * (arXiv:2010.04592), where the hardness is called beta; the weights are constant in the gradient.
 */
final class HardNegatives implements NegativeStrategy {
  private final double hardness;

  /**
   * @param hardness beta of the paper, at least 0
   */
  HardNegatives(double hardness) {
    this.hardness = hardness;
  }

  @Override
  public void weigh(NegativePairs pairs, float[] weights) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= (float) Math.exp(hardness * pairs.similarities()[i]);
    }
  }
}
