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
   * Plateau. Where no true negative lies above c, u/p is the share sought at every higher threshold,
   * too, and does not depend on how finely c may be chosen. So it is compared with its values where
   * a half and a quarter of those positives are left, and with the estimates by each 2nd, 4th and 8th
   * threshold only. Where one of them differs by more than PLATEAU and two standard errors, true
   * negatives reach among the most similar positives, and the share is not identified.
   *
   * Pairs of one mini-batch share frames; both sample sizes are therefore taken as the decayed
   * number of positive pairs, of which there are about as many as frames.
   *
   * [1] Garg, Wu, Smola, Balakrishnan, Lipton, "Mixture Proportion Estimation and PU Learning: A
   *     Modern Approach", NeurIPS 2021, arXiv:2111.00980, algorithm 1.
   */
  private static final int[] STRIDES = {2, 4, 8};
  private static final double[] TAILS = {0.5, 0.25};
  private static final double PLATEAU = 0.2;
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
  public void observe(Observation observation) {
    positives.add(observation.positive(), kept);
    negatives.add(observation.negative(), kept);
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
    int best = best(p, u, deviation, 1);
    double share = u[best] / p[best];
    double lower = Math.max(0, (u[best] - deviation) / (p[best] + deviation));
    double upper = Math.min(1, (u[best] + deviation) / Math.max(p[best] - deviation, 1e-9));
    if (upper >= settings.max() || !plateau(p, u, deviation, best)) {
      return notIdentified(lower, upper);
    }
    double value = Math.max(settings.min(), share);
    return new PriorEstimate(Meaning.EFFECTIVE_PRIOR, value, lower, upper, true);
  }

  /** The threshold, one of every stride-th, with the least upper bound of u/p. */
  private static int best(double[] p, double[] u, double deviation, int stride) {
    double least = Double.POSITIVE_INFINITY;
    int best = 0;
    for (int bin = 0; bin < p.length; bin += stride) {
      double bound = (u[bin] + (1 + GAMMA) * 2 * deviation) / p[bin];
      if (bound < least) {
        least = bound;
        best = bin;
      }
    }
    return best;
  }

  private boolean plateau(double[] p, double[] u, double deviation, int best) {
    for (int stride : STRIDES) {
      if (differ(p, u, best, best(p, u, deviation, stride))) {
        return false;
      }
    }
    int bin = best;
    for (double tail : TAILS) {
      while (bin < p.length - 1 && p[bin] > tail * p[best]) {
        bin++;
      }
      if (p[bin] > 0 && differ(p, u, best, bin)) {
        return false;
      }
    }
    return true;
  }

  private boolean differ(double[] p, double[] u, int best, int bin) {
    double n = positives.total();
    double expected = u[best] / p[best];
    // As the share of the tail would vary if the plateau held.
    double error =
        Math.sqrt(expected * (1 / p[bin] - expected) / n + expected * expected / (p[bin] * n));
    return Math.abs(u[bin] / p[bin] - expected) > PLATEAU * expected + 2 * error + 1 / n;
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
