package io.afterimage.train.loss;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fixed shape of all mini-batches of a loss.
 *
 * @param groups positive groups B, at least 2
 * @param views views K of a group, at least 2
 * @param dim dimension D of a projection, at least 1
 * @param type {@code FLOAT} or {@code DOUBLE}
 */
record BatchShape(int groups, int views, int dim, DataType type) {
  BatchShape {
    atLeast(2, "groups", groups);
    atLeast(2, "views", views);
    atLeast(1, "dim", dim);
    if (type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new IllegalArgumentException("type must be FLOAT or DOUBLE, but was " + type);
    }
    int rows = Math.multiplyExact(groups, views);
    Math.multiplyExact(rows, rows);
  }

  /** Anchors of a mini-batch: B K. */
  int rows() {
    return groups * views;
  }

  /** Positives M of an anchor: K - 1. */
  int positives() {
    return views - 1;
  }

  /** Negatives N of an anchor: K (B - 1). */
  int negatives() {
    return rows() - views;
  }

  /** Unordered positive pairs: B K (K - 1) / 2. */
  int positivePairs() {
    return rows() * positives() / 2;
  }

  /** Unordered negative pairs: B K * K (B - 1) / 2. */
  int negativePairs() {
    return rows() * negatives() / 2;
  }

  /**
   * @throws IllegalArgumentException if an array is not {@code (B*K, D)} of this type
   */
  void requireProjections(String name, INDArray array) {
    if (array.rank() != 2 || array.size(0) != rows() || array.size(1) != dim) {
      throw new IllegalArgumentException(
          "%s must have shape (%d, %d), but had %s"
              .formatted(name, rows(), dim, Arrays.toString(array.shape())));
    }
    if (array.dataType() != type) {
      throw new IllegalArgumentException(
          "%s must be of type %s, but was %s".formatted(name, type, array.dataType()));
    }
  }

  /**
   * @throws IllegalArgumentException if an array does not hold the expected number of values
   */
  static void requireLength(String name, int expected, int actual) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "%s must hold %d values, but held %d".formatted(name, expected, actual));
    }
  }

  private static void atLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, but was %d".formatted(name, least, value));
    }
  }
}
