package io.afterimage.train.augment;

/** The two source pixels of every output pixel along one axis, and their weights. */
final class Taps {
  private final int size;
  final int[] first; // (S)
  final int[] second; // (S)
  final float[] weight; // (S): share of the second

  Taps(int size) {
    this.size = size;
    first = new int[size];
    second = new int[size];
    weight = new float[size];
  }

  /**
   * Stretches a part of the axis over the whole axis; start and length are shares of the axis's
   * length.
   */
  void set(double start, double length) {
    for (int i = 0; i < size; i++) {
      double source = start * size + (i + 0.5) * length - 0.5;
      double clamped = Math.min(Math.max(source, 0), size - 1.0);
      first[i] = (int) clamped;
      second[i] = Math.min(first[i] + 1, size - 1);
      weight[i] = (float) (clamped - first[i]);
    }
  }

  void reverse() {
    for (int i = 0, j = size - 1; i < j; i++, j--) {
      int swappedFirst = first[i];
      first[i] = first[j];
      first[j] = swappedFirst;
      int swappedSecond = second[i];
      second[i] = second[j];
      second[j] = swappedSecond;
      float swappedWeight = weight[i];
      weight[i] = weight[j];
      weight[j] = swappedWeight;
    }
  }

  /** The least source pixel, if not reversed. */
  int least() {
    return first[0];
  }

  /** The greatest source pixel, if not reversed. */
  int most() {
    return second[size - 1];
  }
}
