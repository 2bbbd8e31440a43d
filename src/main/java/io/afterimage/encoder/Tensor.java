package io.afterimage.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one layer hands to the next: values, and room for their gradient.
 *
 * @param value {@code (N, H, W, C)}, or {@code (N, C)} after pooling
 * @param gradient of the same shape; null where nothing is trained
 */
record Tensor(INDArray value, @Nullable INDArray gradient) {
  long size(int dimension) {
    return value.size(dimension);
  }

  /** The gradient of a layer that is trained. */
  INDArray trainedGradient() {
    if (gradient == null) {
      throw new IllegalStateException("the encoder was built for inference");
    }
    return gradient;
  }
}
