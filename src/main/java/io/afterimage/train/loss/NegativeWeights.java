package io.afterimage.train.loss;

/** How much each negative of a mini-batch counts, and the prior of each anchor. */
@FunctionalInterface
public interface NegativeWeights {
  /**
   * Weighs one mini-batch's negatives. Weights are constants to the gradient.
   *
   * @param similarities {@code (B*K, B*K)} row-major cosine similarities; read only
   * @param weights {@code (B*K, B*K)} row-major, all 1 before the call; each is to be >= 0. What
   *     stands within a group is not looked at, and only the ratios within a row matter: the loss
   *     scales each row to the mean 1. An anchor without any weight has no negatives and is clamped
   * @param tau {@code (B*K)} the prior of each anchor, each to be in [0, 1)
   */
  void fill(float[] similarities, float[] weights, double[] tau);
}
