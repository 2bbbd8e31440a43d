package io.afterimage.train.prior;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A histogram of similarities in [-1, 1] with exponential decay. */
final class DecayedHistogram {
  private final double[] mass;

  DecayedHistogram(int bins) {
    mass = new double[bins];
  }

  /** Multiplies all weights by a factor. */
  void fade(double kept) {
    for (int bin = 0; bin < mass.length; bin++) {
      mass[bin] *= kept;
    }
  }

  /** Adds a similarity with a weight. */
  void add(double similarity, double weight) {
    int bin = (int) ((similarity + 1) / 2 * mass.length);
    mass[Math.max(0, Math.min(mass.length - 1, bin))] += weight;
  }

  /** The decayed weight of all similarities. */
  double total() {
    double total = 0;
    for (double each : mass) {
      total += each;
    }
    return total;
  }

  /** The decayed weights, with adjacent bins merged: {@code (bins / together)}, rounded up. */
  double[] masses(int together) {
    double[] masses = new double[(mass.length + together - 1) / together];
    for (int bin = 0; bin < mass.length; bin++) {
      masses[bin / together] += mass[bin];
    }
    return masses;
  }

  void write(DataOutput out) throws IOException {
    Doubles.write(mass, out);
  }

  void read(DataInput in) throws IOException {
    double[] stored = Doubles.read(in);
    if (stored.length != mass.length) {
      throw new IOException(
          "prior.bins was %d when the state was written, but is %d now"
              .formatted(stored.length, mass.length));
    }
    System.arraycopy(stored, 0, mass, 0, mass.length);
  }
}
