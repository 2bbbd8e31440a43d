package io.afterimage.train.prior;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Online k-means: each prototype is the decayed mean of the embeddings assigned to it.
 *
 * <p>A prototype with almost no mass, or the smaller of two nearly equal ones, is reset to the
 * embedding that is farthest from its nearest prototype.
 */
final class Clustering {
  /** A prototype with less than this share of the mean mass is empty. */
  private static final double EMPTY = 0.02;

  /** Two prototypes count as equal below this share of the mean distance to a prototype. */
  private static final double SAME = 0.2;

  private final double kept;
  private final double[] masses; // (K)
  private final double[][] sums; // (K, D)
  private double total;
  private double silhouette; // decayed sum over embeddings
  private double distance; // decayed sum of distances to the nearest prototype

  /**
   * @param prototypes number K
   * @param kept decay factor of an observation per step
   */
  Clustering(int prototypes, double kept) {
    this.kept = kept;
    masses = new double[prototypes];
    sums = new double[prototypes][];
  }

  private record Nearest(int prototype, double own, double next) {}

  /** Whether there are prototypes: from the first mini-batch with at least K embeddings on. */
  boolean started() {
    return total > 0;
  }

  /** {@code (B)} the prototype of each embedding. */
  int[] nearest(double[][] embeddings) {
    double[][] centres = centres();
    return Arrays.stream(embeddings)
        .mapToInt(embedding -> nearest(embedding, centres).prototype())
        .toArray();
  }

  /** Adds a mini-batch's embeddings {@code (B, D)}. */
  void observe(double[][] embeddings) {
    if (!started()) {
      if (embeddings.length < masses.length) {
        return;
      }
      start(embeddings);
    }
    double[][] centres = centres();
    Nearest[] nearest = new Nearest[embeddings.length];
    int worst = 0;
    for (int i = 0; i < embeddings.length; i++) {
      nearest[i] = nearest(embeddings[i], centres);
      worst = nearest[i].own() > nearest[worst].own() ? i : worst;
    }
    fade();
    for (int i = 0; i < embeddings.length; i++) {
      add(nearest[i].prototype(), embeddings[i]);
      double greater = Math.max(nearest[i].own(), nearest[i].next());
      silhouette += greater > 0 ? (nearest[i].next() - nearest[i].own()) / greater : 0;
      distance += nearest[i].own();
    }
    total += embeddings.length;
    int superfluous = embeddings.length == 0 ? -1 : superfluous();
    if (superfluous >= 0) {
      total -= masses[superfluous];
      masses[superfluous] = 0;
      Arrays.fill(sums[superfluous], 0);
      total += 1;
      add(superfluous, embeddings[worst]);
    }
  }

  /** Starts with embeddings far from each other, by farthest-first traversal (Gonzalez, 1985). */
  private void start(double[][] embeddings) {
    double[] gap = new double[embeddings.length];
    Arrays.fill(gap, Double.POSITIVE_INFINITY);
    int chosen = 0;
    for (int k = 0; k < masses.length; k++) {
      sums[k] = embeddings[chosen].clone();
      masses[k] = 1;
      total++;
      int farthest = 0;
      for (int i = 0; i < embeddings.length; i++) {
        gap[i] = Math.min(gap[i], Doubles.squaredDistance(embeddings[i], sums[k]));
        farthest = gap[i] > gap[farthest] ? i : farthest;
      }
      chosen = farthest;
    }
  }

  private void fade() {
    for (int k = 0; k < masses.length; k++) {
      masses[k] *= kept;
      for (int i = 0; i < sums[k].length; i++) {
        sums[k][i] *= kept;
      }
    }
    total *= kept;
    silhouette *= kept;
    distance *= kept;
  }

  private void add(int prototype, double[] embedding) {
    masses[prototype]++;
    for (int i = 0; i < embedding.length; i++) {
      sums[prototype][i] += embedding[i];
    }
  }

  private double[][] centres() {
    double[][] centres = new double[masses.length][];
    for (int k = 0; k < masses.length; k++) {
      centres[k] = sums[k].clone();
      for (int i = 0; i < centres[k].length; i++) {
        centres[k][i] /= masses[k];
      }
    }
    return centres;
  }

  private static Nearest nearest(double[] embedding, double[][] centres) {
    int best = 0;
    double own = Double.POSITIVE_INFINITY;
    double next = Double.POSITIVE_INFINITY;
    for (int k = 0; k < centres.length; k++) {
      double squared = Doubles.squaredDistance(embedding, centres[k]);
      if (squared < own) {
        next = own;
        own = squared;
        best = k;
      } else {
        next = Math.min(next, squared);
      }
    }
    return new Nearest(best, Math.sqrt(own), Math.sqrt(next));
  }

  /** The index of a prototype that is empty or equal to a larger one; -1 if there is none. */
  private int superfluous() {
    double[][] centres = centres();
    double same = SAME * distance / total;
    for (int k = 0; k < masses.length; k++) {
      if (masses[k] < EMPTY * total / masses.length) {
        return k;
      }
      for (int other = 0; other < masses.length; other++) {
        if (other != k
            && masses[other] >= masses[k]
            && Doubles.squaredDistance(centres[k], centres[other]) < same * same) {
          return k;
        }
      }
    }
    return -1;
  }

  /** The recent share of embeddings assigned to the prototype of the given one. */
  double occupancy(double[] embedding) {
    return masses[nearest(embedding, centres()).prototype()] / total;
  }

  /** The probability that two embeddings have the same prototype. */
  double sumOfSquares() {
    double sum = 0;
    for (double mass : masses) {
      sum += mass / total * mass / total;
    }
    return sum;
  }

  /**
   * The decayed mean of the simplified silhouette, in [0, 1]: the relative distance of the second
   * nearest prototype compared to the nearest.
   */
  double silhouette() {
    return total == 0 ? 0 : silhouette / total;
  }

  void write(DataOutput out) throws IOException {
    Doubles.write(masses, out);
    out.writeBoolean(total > 0);
    if (total > 0) {
      for (double[] sum : sums) {
        Doubles.write(sum, out);
      }
    }
    out.writeDouble(total);
    out.writeDouble(silhouette);
    out.writeDouble(distance);
  }

  void read(DataInput in) throws IOException {
    double[] stored = Doubles.read(in);
    if (stored.length != masses.length) {
      throw new IOException(
          "a clustering of %d prototypes was stored, but %d are set"
              .formatted(stored.length, masses.length));
    }
    System.arraycopy(stored, 0, masses, 0, masses.length);
    if (in.readBoolean()) {
      for (int k = 0; k < sums.length; k++) {
        sums[k] = Doubles.read(in);
      }
    }
    total = in.readDouble();
    silhouette = in.readDouble();
    distance = in.readDouble();
  }
}
