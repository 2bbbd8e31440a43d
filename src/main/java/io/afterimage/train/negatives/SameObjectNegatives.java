package io.afterimage.train.negatives;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Reduces the weight of each negative by the probability that it shows the anchor's own object,
 * given the time between the two: two groups of one camera a few seconds apart often show the same
 * object.
 *
 * <p>That probability is an effective prior for each time lag, estimated during training without
 * labels.
 */
final class SameObjectNegatives implements NegativeStrategy {
  /*
   * Pairs of groups of one camera are divided into strata by the time between them, in octaves from
   * LEAST_MILLIS on; pairs at least `horizonMillis` apart are the reference and count as different
   * objects. A stratum's mean similarity is that of a mixture,
   *
   *     mean(stratum) = tau mean(positives) + (1 - tau) mean(reference),
   *
   * which is solved for tau: a mixture proportion with both components known. Means are decayed. A
   * stratum is not identified, and its tau is 0, if it, the positives or the reference have fewer
   * than LEAST_PAIRS decayed pairs. No stratum is identified while positives are not more similar
   * than the reference. Pairs farther apart than the positive window are less similar than
   * positives even if they show the same object; tau is therefore biased low.
   */
  private static final int VERSION = 1;
  private static final long LEAST_MILLIS = 2_000;
  private static final double LEAST_PAIRS = 100;
  private static final double LEAST_CONTRAST = 0.02;

  private final long horizonMillis;
  private final double kept;
  private final int reference;
  private final int positives;
  private final double[] pairs; // (strata + 2): decayed number; then reference, positives
  private final double[] sums; // (strata + 2): decayed sum of similarities

  /**
   * @param horizonMillis time from which on two groups of a camera count as different objects
   * @param halfLifeSteps steps after which the weight of an observation has halved
   */
  SameObjectNegatives(long horizonMillis, int halfLifeSteps) {
    this.horizonMillis = horizonMillis;
    kept = Math.pow(0.5, 1.0 / halfLifeSteps);
    reference = stratum(horizonMillis - 1) + 1;
    positives = reference + 1;
    pairs = new double[positives + 1];
    sums = new double[positives + 1];
  }

  private static int stratum(long lagMillis) {
    return 64 - Long.numberOfLeadingZeros(lagMillis / LEAST_MILLIS);
  }

  private int place(long lagMillis) {
    return lagMillis >= horizonMillis ? reference : stratum(lagMillis);
  }

  @Override
  public void weigh(NegativePairs batch, float[] weights) {
    int groups = batch.groups().size();
    for (int group = 0; group < groups; group++) {
      for (int other = 0; other < groups; other++) {
        if (other != group && batch.sameCamera(group, other)) {
          double prior = prior(place(batch.lagMillis(group, other)));
          batch.scale(weights, group, other, 1 - prior);
        }
      }
    }
  }

  /** The probability that two groups of one camera at this lag show the same object. */
  double prior(long lagMillis) {
    return prior(place(lagMillis));
  }

  private double prior(int place) {
    if (place == reference
        || pairs[place] < LEAST_PAIRS
        || pairs[reference] < LEAST_PAIRS
        || pairs[positives] < LEAST_PAIRS) {
      return 0;
    }
    double far = sums[reference] / pairs[reference];
    double contrast = sums[positives] / pairs[positives] - far;
    if (contrast < LEAST_CONTRAST) {
      return 0;
    }
    return Math.max(0, Math.min(1, (sums[place] / pairs[place] - far) / contrast));
  }

  @Override
  public void observe(NegativePairs batch) {
    for (int place = 0; place < pairs.length; place++) {
      pairs[place] *= kept;
      sums[place] *= kept;
    }
    int groups = batch.groups().size();
    int views = batch.views();
    for (int group = 0; group < groups; group++) {
      add(positives, withinGroup(batch, group));
      for (int other = 0; other < group; other++) {
        if (batch.sameCamera(group, other)) {
          double sum = 0;
          for (int row = group * views; row < (group + 1) * views; row++) {
            sum += batch.similarity(row, other);
          }
          add(place(batch.lagMillis(group, other)), sum / views);
        }
      }
    }
  }

  private void add(int place, double similarity) {
    if (Double.isFinite(similarity)) {
      pairs[place]++;
      sums[place] += similarity;
    }
  }

  private static double withinGroup(NegativePairs batch, int group) {
    int views = batch.views();
    double sum = 0;
    for (int row = group * views; row < (group + 1) * views; row++) {
      sum += batch.similarity(row, group) * views - 1;
    }
    return sum / ((double) views * (views - 1));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(pairs.length);
    for (int place = 0; place < pairs.length; place++) {
      out.writeDouble(pairs[place]);
      out.writeDouble(sums[place]);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    int version = in.readInt();
    int places = in.readInt();
    if (version != VERSION || places != pairs.length) {
      throw new IOException(
          "the same-object state has version %d and %d strata, but %d and %d are expected"
              .formatted(version, places, VERSION, pairs.length));
    }
    for (int place = 0; place < places; place++) {
      pairs[place] = in.readDouble();
      sums[place] = in.readDouble();
    }
  }
}
