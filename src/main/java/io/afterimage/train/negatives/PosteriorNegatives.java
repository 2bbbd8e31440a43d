package io.afterimage.train.negatives;

/**
 * Reduces the weight of each negative by its posterior probability of being a false negative, given
 * the class prior and its similarity relative to the anchor's negatives of the same kind (own
 * camera, other cameras).
 *
 * <p>After Xia, Wu, Wang, Chen, Li, "ProGCL: Rethinking Hard Negative Mining in Graph Contrastive
 * Learning", ICML 2022 (arXiv:2110.02027), and Liu, Wang, Li, "Bayesian Self-Supervised Contrastive
 * Learning" (arXiv:2301.11673): the posterior of a false negative given its similarity. Here it is
 *
 * <pre>
 *   p = tau w / (tau w + 1 - tau),  w = c exp(sharpness (s - mean) / deviation)
 * </pre>
 *
 * <p>where mean and deviation are those of the anchor's negatives of that kind, which removes the
 * camera's influence on the similarity, and c is chosen such that the mean of p is tau.
 */
final class PosteriorNegatives implements NegativeStrategy {
  private static final int LEAST = 3;
  private static final int BISECTIONS = 30;

  private final double sharpness;

  PosteriorNegatives(double sharpness) {
    this.sharpness = sharpness;
  }

  @Override
  public void weigh(NegativePairs pairs, float[] weights) {
    int groups = pairs.groups().size();
    int views = pairs.views();
    int[] kind = new int[groups];
    double[] scores = new double[groups];
    for (int row = 0; row < pairs.rows(); row++) {
      int group = row / views;
      double prior = pairs.prior(row);
      for (boolean own : new boolean[] {true, false}) {
        int count = 0;
        for (int other = 0; other < groups; other++) {
          if (other != group && pairs.sameCamera(group, other) == own) {
            kind[count] = other;
            scores[count++] = pairs.similarity(row, other);
          }
        }
        if (count >= LEAST && prior > 0) {
          standardize(scores, count);
          double odds = calibrate(scores, count, prior);
          for (int i = 0; i < count; i++) {
            pairs.scaleRow(weights, row, kind[i], 1 - posterior(scores[i], odds));
          }
        }
      }
    }
  }

  @Override
  public boolean accountsForPrior() {
    return true;
  }

  private void standardize(double[] scores, int count) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      sum += scores[i];
      squares += scores[i] * scores[i];
    }
    double mean = sum / count;
    double deviation = Math.sqrt(Math.max(1e-12, squares / count - mean * mean));
    for (int i = 0; i < count; i++) {
      scores[i] = sharpness * (scores[i] - mean) / deviation;
    }
  }

  /** The log odds at the mean similarity for which the mean posterior equals the prior. */
  private static double calibrate(double[] scores, int count, double prior) {
    double low = -50;
    double high = 50;
    for (int step = 0; step < BISECTIONS; step++) {
      double middle = (low + high) / 2;
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += posterior(scores[i], middle);
      }
      if (sum < prior * count) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double posterior(double score, double odds) {
    return 1 / (1 + Math.exp(-score - odds));
  }
}
