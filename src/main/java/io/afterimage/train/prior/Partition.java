package io.afterimage.train.prior;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * Clusterings with a given number of prototypes: one by each half of the groups, and one of
 * surrogate embeddings without clusters.
 */
final class Partition {
  /*
   * Tests for the existence of clusters, since k-means finds k of them in any data:
   *
   * - are they clearer than in a normal distribution of the same covariance: the gap of the
   *   silhouettes, after SigClust [1];
   * - are they the same in another sample: the two halves' prototypes label all groups, and the
   *   labels are compared by the adjusted Rand index [2].
   *
   * [1] Liu, Hayes, Nobel, Marron, "Statistical Significance of Clustering for High-Dimension,
   *     Low-Sample Size Data", JASA 103 (2008).
   * [2] Hubert, Arabie, "Comparing Partitions", J. Classification 2 (1985); stability after
   *     Ben-Hur, Elisseeff, Guyon, "A Stability Based Method for Discovering Structure in Clustered
   *     Data", Pacific Symp. Biocomputing 7 (2002).
   */
  private final int prototypes;
  private final double kept;
  private final Clustering[] halves; // (2)
  private final Clustering structureless;
  private final double[] together; // (K * K) decayed: prototype of one half, of the other

  /**
   * @param prototypes number K
   * @param kept decay factor of an observation per step
   */
  Partition(int prototypes, double kept) {
    this.prototypes = prototypes;
    this.kept = kept;
    halves = new Clustering[] {new Clustering(prototypes, kept), new Clustering(prototypes, kept)};
    structureless = new Clustering(prototypes, kept);
    together = new double[prototypes * prototypes];
  }

  /**
   * Adds a mini-batch.
   *
   * @param embeddings {@code (B, D)}
   * @param half {@code (B)} whether a group is of the second half
   * @param surrogates {@code (B, D)} of the same covariance, but normal
   */
  void observe(double[][] embeddings, boolean[] half, double[][] surrogates) {
    for (int i = 0; i < together.length; i++) {
      together[i] *= kept;
    }
    if (halves[0].started() && halves[1].started()) {
      int[] one = halves[0].nearest(embeddings);
      int[] other = halves[1].nearest(embeddings);
      for (int i = 0; i < one.length; i++) {
        together[one[i] * prototypes + other[i]]++;
      }
    }
    for (int h = 0; h < 2; h++) {
      int wanted = h;
      halves[h].observe(
          IntStream.range(0, half.length)
              .filter(i -> half[i] == (wanted == 1))
              .mapToObj(i -> embeddings[i])
              .toArray(double[][]::new));
    }
    structureless.observe(surrogates);
  }

  /** The gap between the silhouettes of the clusters and of a normal distribution's. */
  double gap() {
    return (halves[0].silhouette() + halves[1].silhouette()) / 2 - structureless.silhouette();
  }

  /** The agreement of the two halves' clusters: 1 if the same, about 0 if unrelated. */
  double stability() {
    double[] rows = new double[prototypes];
    double[] columns = new double[prototypes];
    double all = 0;
    double cells = 0;
    for (int a = 0; a < prototypes; a++) {
      for (int b = 0; b < prototypes; b++) {
        double each = together[a * prototypes + b];
        rows[a] += each;
        columns[b] += each;
        all += each;
        cells += each * each;
      }
    }
    double ofRows = squares(rows);
    double ofColumns = squares(columns);
    double expected = ofRows * ofColumns / (all * all);
    double most = (ofRows + ofColumns) / 2;
    return most > expected ? (cells - expected) / (most - expected) : 0;
  }

  private static double squares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }

  /** The probability that two groups have the same prototype. */
  double sumOfSquares() {
    return (halves[0].sumOfSquares() + halves[1].sumOfSquares()) / 2;
  }

  /** The smaller of the two halves' estimates. */
  double lower() {
    return Math.min(halves[0].sumOfSquares(), halves[1].sumOfSquares());
  }

  /** The larger of the two halves' estimates. */
  double upper() {
    return Math.max(halves[0].sumOfSquares(), halves[1].sumOfSquares());
  }

  /** The recent share of groups assigned to the prototype of the given one. */
  double occupancy(double[] embedding) {
    return (halves[0].occupancy(embedding) + halves[1].occupancy(embedding)) / 2;
  }

  void write(DataOutput out) throws IOException {
    halves[0].write(out);
    halves[1].write(out);
    structureless.write(out);
    Doubles.write(together, out);
  }

  void read(DataInput in) throws IOException {
    halves[0].read(in);
    halves[1].read(in);
    structureless.read(in);
    System.arraycopy(Doubles.read(in), 0, together, 0, together.length);
  }
}
