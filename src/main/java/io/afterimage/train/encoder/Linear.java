package io.afterimage.train.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear layer: {@code (N, in)} times a matrix of {@code (in, out)}. */
final class Linear implements Layer {
  private final NativeOp product;
  private final NativeOp @Nullable [] backward;

  Linear(Tensor input, Tensor output, Tensor matrix) {
    product = NativeOp.of("matmul", output.value(), input.value(), matrix.value());
    INDArray dy = output.gradient();
    backward =
        dy == null
            ? null
            : new NativeOp[] {
              NativeOp.of("matmul", matrix.trainedGradient(), input.value(), dy).integers(1, 0, 0),
              NativeOp.of("matmul", input.trainedGradient(), dy, matrix.value()).integers(0, 1, 0)
            };
  }

  @Override
  public void forward() {
    product.run();
  }

  @Override
  public void backward() {
    if (backward != null) {
      for (NativeOp op : backward) {
        op.run();
      }
    }
  }
}
