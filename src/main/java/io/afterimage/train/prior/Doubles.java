package io.afterimage.train.prior;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Serialization of arrays of doubles, each preceded by its length, and vector operations. */
final class Doubles {
  private Doubles() {}

  static void write(double[] values, DataOutput out) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static double[] read(DataInput in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** A vector scaled to length 1; a zero vector stays about 0. */
  static double[] direction(double[] vector) {
    double scale = 1 / Math.sqrt(Math.max(dot(vector, vector), 1e-24));
    double[] direction = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      direction[i] = scale * vector[i];
    }
    return direction;
  }
}
