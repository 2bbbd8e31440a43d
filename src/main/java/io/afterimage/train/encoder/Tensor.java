package io.afterimage.train.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Values between two layers, and their gradient.
 *
 * @param value {@code (N, H, W, C)}, or {@code (N, C)} after pooling
 * @param gradient of the same shape; null for inference
 */
record Tensor(INDArray value, @Nullable INDArray gradient) {
  long size(int dimension) {
    return value.size(dimension);
  }

  /** Some of the frames, over the same memory. */
  Tensor frames(long from, long to) {
    return new Tensor(
        frames(value, from, to), gradient == null ? null : frames(gradient, from, to));
  }

  private static INDArray frames(INDArray array, long from, long to) {
    long[] shape = array.shape().clone();
    shape[0] = to - from;
    long each = array.length() / array.size(0);
    return array
        .reshape('c', new long[] {array.length()})
        .get(NDArrayIndex.interval(from * each, to * each))
        .reshape('c', shape);
  }

  /** The gradient of a layer that is trained. */
  INDArray trainedGradient() {
    if (gradient == null) {
      throw new IllegalStateException("the encoder was built for inference");
    }
    return gradient;
  }
}
