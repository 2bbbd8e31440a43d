package io.afterimage.train.prior;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Recent similarities of groups of one camera by the time between them, similarities of views
 * within a group, and the weight of negatives in the loss by lag.
 *
 * <p>Similarities are those of embeddings less their camera's mean, which removes the background
 * that all frames of a camera share.
 */
final class LagSimilarities {
  /** Strata of lags: below 1 s, from 1 to 2 s, and so on, from 32 to 64 s, longer. */
  static final int STRATA = 8;

  private static final long FIRST_MILLIS = 1000;

  private final double kept;
  private final double weightKept;
  private final CameraMeans cameras;
  private final DecayedHistogram positives;
  private final DecayedHistogram[] strata = new DecayedHistogram[STRATA];
  private final double[] weights = new double[STRATA]; // decayed
  private double allWeights; // those of other cameras, too

  /**
   * @param kept decay factor of a similarity per step
   * @param weightKept decay factor of a weight per step
   */
  LagSimilarities(int bins, double kept, double weightKept) {
    this.kept = kept;
    this.weightKept = weightKept;
    cameras = new CameraMeans(kept);
    positives = new DecayedHistogram(bins);
    for (int i = 0; i < STRATA; i++) {
      strata[i] = new DecayedHistogram(bins);
    }
  }

  private static int stratum(long lagMillis) {
    return Math.min(STRATA - 1, 64 - Long.numberOfLeadingZeros(lagMillis / FIRST_MILLIS));
  }

  /** Adds a mini-batch. */
  void observe(Observation observation) {
    cameras.observe(observation.cameras(), observation.groupMeans());
    positives.fade(kept);
    for (int i = 0; i < STRATA; i++) {
      strata[i].fade(kept);
      weights[i] *= weightKept;
    }
    allWeights *= weightKept;
    double[][] views = centredViews(observation);
    int groups = observation.groups();
    for (int group = 0; group < groups; group++) {
      addPositives(views, group * observation.views(), observation.views());
      double own = 0;
      double[] ofStrata = new double[STRATA];
      for (int other = 0; other < groups; other++) {
        if (other == group) {
          continue;
        }
        double weight = observation.negativeWeight(group, other);
        own += weight;
        if (observation.sameCamera(group, other)) {
          int stratum = stratum(observation.lagMillis(group, other));
          ofStrata[stratum] += weight;
          if (other < group && stratum < STRATA - 1) {
            addNegatives(views, group, other, observation.views(), strata[stratum]);
          }
        }
      }
      if (own > 0) {
        allWeights++;
        for (int i = 0; i < STRATA; i++) {
          weights[i] += ofStrata[i] / own;
        }
      }
    }
  }

  /** {@code (B*K, D)} each view less its camera's mean, of length 1. */
  private double[][] centredViews(Observation observation) {
    int dimension = observation.dimension();
    int perGroup = observation.views();
    List<String> cameraOfGroup = observation.cameras();
    double[][] views = new double[observation.groups() * perGroup][dimension];
    for (int row = 0; row < views.length; row++) {
      for (int d = 0; d < dimension; d++) {
        views[row][d] = observation.embeddings()[row * dimension + d];
      }
      views[row] =
          Doubles.direction(cameras.centred(cameraOfGroup.get(row / perGroup), views[row]));
    }
    return views;
  }

  private void addPositives(double[][] views, int first, int perGroup) {
    for (int a = first; a < first + perGroup; a++) {
      for (int b = first; b < a; b++) {
        positives.add(Doubles.dot(views[a], views[b]), 2.0 / (perGroup * (perGroup - 1)));
      }
    }
  }

  private static void addNegatives(
      double[][] views, int group, int other, int perGroup, DecayedHistogram histogram) {
    for (int a = group * perGroup; a < (group + 1) * perGroup; a++) {
      for (int b = other * perGroup; b < (other + 1) * perGroup; b++) {
        histogram.add(Doubles.dot(views[a], views[b]), 1.0 / (perGroup * perGroup));
      }
    }
  }

  /** Similarities of views of one group; each group has weight 1. */
  DecayedHistogram positives() {
    return positives;
  }

  /**
   * Similarities of two groups of one camera whose lag is in the stratum; each pair of groups has
   * weight 1. Nothing is stored for the last stratum.
   */
  DecayedHistogram negatives(int stratum) {
    return strata[stratum];
  }

  /** The stratum's share of the negatives' weight, in [0, 1]. */
  double weight(int stratum) {
    return allWeights == 0 ? 0 : weights[stratum] / allWeights;
  }

  void write(DataOutput out) throws IOException {
    cameras.write(out);
    positives.write(out);
    for (DecayedHistogram each : strata) {
      each.write(out);
    }
    Doubles.write(weights, out);
    out.writeDouble(allWeights);
  }

  void read(DataInput in) throws IOException {
    cameras.read(in);
    positives.read(in);
    for (DecayedHistogram each : strata) {
      each.read(in);
    }
    System.arraycopy(Doubles.read(in), 0, weights, 0, STRATA);
    allWeights = in.readDouble();
  }
}
