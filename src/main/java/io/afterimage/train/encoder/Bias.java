package io.afterimage.train.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adds one number per channel, in place; the gradient passes unchanged. */
final class Bias implements Layer {
  private final NativeOp forward;
  private final @Nullable NativeOp backward;

  /**
   * @param tensor {@code (N, H, W, C)} or {@code (N, C)}
   * @param bias {@code (C)}
   */
  Bias(Tensor tensor, Tensor bias, Buffers buffers) {
    INDArray value = tensor.value();
    forward = NativeOp.of("biasadd", value, value, bias.value());
    INDArray dy = tensor.gradient();
    if (dy == null) {
      backward = null;
      return;
    }
    long channels = bias.value().length();
    long rows = dy.length() / channels;
    backward =
        NativeOp.of(
            "matmul",
            bias.trainedGradient().reshape('c', 1, channels),
            buffers.filled(1, 1, rows),
            dy.reshape('c', rows, channels));
  }

  @Override
  public void forward() {
    forward.run();
  }

  @Override
  public void backward() {
    if (backward != null) {
      backward.run();
    }
  }
}
