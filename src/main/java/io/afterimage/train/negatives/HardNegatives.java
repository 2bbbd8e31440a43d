package io.afterimage.train.negatives;

/**
 * Counts a negative by how similar it is: weight exp(beta s).
 *
 * <p>Robinson, Chuang, Sra, Jegelka, "Contrastive Learning with Hard Negative Samples", ICLR 2021
 * (arXiv:2010.04592), with the weights held constant in the gradient.
 */
final class HardNegatives implements NegativeStrategy {
  private final double concentration;

  /**
   * @param concentration beta, at least 0
   */
  HardNegatives(double concentration) {
    this.concentration = concentration;
  }

  @Override
  public void weigh(NegativePairs pairs, float[] weights, double[] tau) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= (float) Math.exp(concentration * pairs.similarities()[i]);
    }
  }
}
