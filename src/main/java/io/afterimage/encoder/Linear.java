package io.afterimage.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code (N, in)} times a matrix of {@code (in, out)}, plus a bias. */
final class Linear implements Layer {
  private final INDArray output;
  private final INDArray bias;
  private final NativeOp product;
  private final NativeOp @Nullable [] backward;

  Linear(Tensor input, Tensor output, Tensor matrix, Tensor bias, Buffers buffers) {
    this.output = output.value();
    this.bias = bias.value();
    product = NativeOp.of("matmul", output.value(), input.value(), matrix.value());
    INDArray dy = output.gradient();
    if (dy == null) {
      backward = null;
      return;
    }
    long frames = input.size(0);
    INDArray ones = buffers.filled(1, 1, frames);
    backward =
        new NativeOp[] {
          NativeOp.of("matmul", matrix.trainedGradient(), input.value(), dy).integers(1, 0, 0),
          NativeOp.of(
              "matmul", bias.trainedGradient().reshape('c', 1, bias.value().length()), ones, dy),
          NativeOp.of("matmul", input.trainedGradient(), dy, matrix.value()).integers(0, 1, 0)
        };
  }

  @Override
  public void forward() {
    product.run();
    output.addiRowVector(bias);
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
