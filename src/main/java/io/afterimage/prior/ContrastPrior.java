package io.afterimage.prior;

import io.afterimage.prior.PriorEstimate.Meaning;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The effective prior: how often a random negative is indistinguishable from a positive.
 *
 * <p>Similarities of random pairs are a mixture of those of positive pairs and of true negatives;
 * the positives' share is sought from samples of the mixture and of the positives alone. It is
 * <em>not</em> the class prior where positives are frames a moment apart, since these are far more
 * alike than two members of one class.
 */
final class ContrastPrior implements PriorEstimator {
  /*
   * Best-bin estimation [1]. For every threshold c let u(c) and p(c) be the shares of random and of
   * positive pairs that are at least that similar. u(c)/p(c) is never below the share sought, and
   * equals it where no true negative lies above c; the estimate takes the c with the least upper
   * confidence bound
   *
   *     u(c)/p(c) + (1 + GAMMA)/p(c) * (sqrt(ln(4/DELTA)/(2 n_u)) + sqrt(ln(4/DELTA)/(2 n_p))).
   *
   * Pairs of one mini-batch share frames; both sample sizes are therefore taken as the decayed
   * number of positive pairs, of which there are about as many as frames.
   *
   * [1] Garg, Wu, Smola, Balakrishnan, Lipton, "Mixture Proportion Estimation and PU Learning: A
   *     Modern Approach", NeurIPS 2021, arXiv:2111.00980, algorithm 1.
   */
  private static final double GAMMA = 0.01;
  private static final double DELTA = 0.1;
  private static final int VERSION = 1;

  private final PriorSettings settings;
  private final double kept;
  private final DecayedHistogram positives;
  private final DecayedHistogram negatives;
  private int observations;

  ContrastPrior(PriorSettings settings) {
    this.settings = settings;
    kept = Math.pow(0.5, 1.0 / settings.halfLifeSteps());
    positives = new DecayedHistogram(settings.bins());
    negatives = new DecayedHistogram(settings.bins());
  }

  @Override
  public void observe(float[] positive, float[] negative) {
    positives.add(positive, kept);
    negatives.add(negative, kept);
    observations++;
  }

  @Override
  public PriorEstimate estimate() {
    if (observations == 0 || observations < settings.warmupSteps()) {
      return notIdentified(Double.NaN, Double.NaN);
    }
    double[] p = positives.upperTails();
    double[] u = negatives.upperTails();
    double deviation = Math.sqrt(Math.log(4 / DELTA) / (2 * positives.total()));
    double least = Double.POSITIVE_INFINITY;
    int best = 0;
    for (int bin = 0; bin < p.length; bin++) {
      double bound = (u[bin] + (1 + GAMMA) * 2 * deviation) / p[bin];
      if (bound < least) {
        least = bound;
        best = bin;
      }
    }
    double share = u[best] / p[best];
    double lower = Math.max(0, (u[best] - deviation) / (p[best] + deviation));
    double upper = Math.min(1, (u[best] + deviation) / Math.max(p[best] - deviation, 1e-9));
    if (upper >= settings.max()) {
      return notIdentified(lower, upper);
    }
    double value = Math.max(settings.min(), share);
    return new PriorEstimate(Meaning.EFFECTIVE_PRIOR, value, lower, upper, true);
  }

  /** A safe value, where the two kinds of pairs do not tell themselves apart well enough. */
  private PriorEstimate notIdentified(double lower, double upper) {
    return new PriorEstimate(Meaning.EFFECTIVE_PRIOR, settings.fixed(), lower, upper, false);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(observations);
    positives.write(out);
    negatives.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "the contrast prior's state has version %d, but only %d is known"
              .formatted(version, VERSION));
    }
    observations = in.readInt();
    positives.read(in);
    negatives.read(in);
  }
}
