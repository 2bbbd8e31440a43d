package io.afterimage.train.loss;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * exp((s-1)/t) of all pairs of a mini-batch, separately for negatives and positives; those of
 * negatives are weighted.
 *
 * <p>Everything is scaled by exp(-1/t), which keeps exponentials at most 1; the scale cancels in
 * the loss.
 */
final class PairExponentials {
  /*
   * Positive pairs are in the K x K blocks on the diagonal of the (B K, B K) matrix. They are
   * copied out through a strided view and set to zero. Row sums of the matrix are then sums over
   * negatives, without a mask and without the cancellation of "all minus positives".
   */
  private final LossBuffers buffers;
  private final int rows;
  private final double temperature;
  private final INDArray ofNegatives; // (B*K, B*K): w exp((s-1)/t), 0 within a group
  private final INDArray negativeBlocks; // (B, K, K): view of ofNegatives' diagonal blocks
  private final INDArray ofPositives; // (B*K, K): exp((s-1)/t), 0 for the anchor itself
  private final INDArray positiveBlocks; // (B, K, K): view of ofPositives
  private final INDArray notSelf; // (B*K, K): 0 for the anchor itself, else 1
  private @Nullable INDArray weights; // (B*K, B*K) w; made when negatives are first weighed

  PairExponentials(BatchShape shape, double temperature, INDArray notSelf, LossBuffers buffers) {
    this.temperature = temperature;
    this.notSelf = notSelf;
    this.buffers = buffers;
    rows = shape.rows();
    ofNegatives = buffers.zeros(rows, rows);
    negativeBlocks = diagonalBlocks(ofNegatives, shape);
    ofPositives = buffers.zeros(rows, shape.views());
    positiveBlocks = ofPositives.reshape('c', shape.groups(), shape.views(), shape.views());
  }

  /** The K x K blocks on the diagonal of a {@code (B*K, B*K)} matrix, over its memory. */
  static INDArray diagonalBlocks(INDArray matrix, BatchShape shape) {
    int views = shape.views();
    return Nd4j.create(
        matrix.data(),
        new long[] {shape.groups(), views, views},
        new long[] {(long) views * shape.rows() + views, shape.rows(), 1},
        0,
        'c');
  }

  /**
   * @param similarities {@code (B*K, B*K)} s
   * @param weightsOfNegatives {@code (B*K, B*K)} w, row-major; null where all are 1
   */
  void compute(INDArray similarities, float @Nullable [] weightsOfNegatives) {
    similarities.sub(1.0, ofNegatives);
    ofNegatives.divi(temperature);
    Nd4j.exec(new Exp(ofNegatives, ofNegatives));
    positiveBlocks.assign(negativeBlocks);
    negativeBlocks.assign(0.0);
    ofPositives.muli(notSelf);
    if (weightsOfNegatives != null) {
      ofNegatives.muli(uploaded(weightsOfNegatives));
    }
  }

  private INDArray uploaded(float[] values) {
    BatchShape.requireLength("weights", rows * rows, values.length);
    INDArray room = weights;
    if (room == null) {
      room = buffers.zeros(rows, rows);
      weights = room;
    }
    room.data().setData(values);
    return room;
  }

  /** {@code (B*K, B*K)} w exp((s-1)/t) of negatives, 0 within a group. */
  INDArray ofNegatives() {
    return ofNegatives;
  }

  /** {@code (B*K, K)} exp((s-1)/t) of positives, 0 for the anchor itself. */
  INDArray ofPositives() {
    return ofPositives;
  }
}
