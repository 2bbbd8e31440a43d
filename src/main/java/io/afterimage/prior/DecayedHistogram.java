package io.afterimage.prior;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How similarities in [-1, 1] were distributed lately; what is old fades. */
final class DecayedHistogram {
  private final double[] mass;
  private double total;

  DecayedHistogram(int bins) {
    mass = new double[bins];
  }

  /** Lets all that was seen fade to a share of it, then counts the values. */
  void add(float[] values, double kept) {
    for (int bin = 0; bin < mass.length; bin++) {
      mass[bin] *= kept;
    }
    total = total * kept + values.length;
    for (float value : values) {
      int bin = (int) ((value + 1) / 2 * mass.length);
      mass[Math.max(0, Math.min(mass.length - 1, bin))]++;
    }
  }

  /** The decayed number of values. */
  double total() {
    return total;
  }

  /** The share of the values in each bin or above it: {@code (bins)}, from 1 downwards. */
  double[] upperTails() {
    double[] tails = new double[mass.length];
    double sum = 0;
    for (int bin = mass.length - 1; bin >= 0; bin--) {
      sum += mass[bin];
      tails[bin] = total == 0 ? 0 : sum / total;
    }
    return tails;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(mass.length);
    for (double each : mass) {
      out.writeDouble(each);
    }
    out.writeDouble(total);
  }

  void read(DataInput in) throws IOException {
    int bins = in.readInt();
    if (bins != mass.length) {
      throw new IOException(
          "prior.bins was %d when the state was written, but is %d now"
              .formatted(bins, mass.length));
    }
    for (int bin = 0; bin < bins; bin++) {
      mass[bin] = in.readDouble();
    }
    total = in.readDouble();
  }
}
