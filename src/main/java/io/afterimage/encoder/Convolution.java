package io.afterimage.encoder;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution over {@code (N, H, W, C)} with a kernel of {@code (k, k, in, out)}, padded by k/2
 * on every side.
 */
final class Convolution implements Layer {
  private final NativeOp forward;
  private final @Nullable NativeOp backward;

  /**
   * @param bias {@code (out)}, or null for none
   */
  Convolution(Tensor input, Tensor output, Tensor kernel, @Nullable Tensor bias, int stride) {
    long side = kernel.size(0);
    long padding = side / 2;
    long[] geometry = {side, side, stride, stride, padding, padding, 1, 1, 0, 1, 0};
    INDArray x = input.value();
    INDArray w = kernel.value();
    forward =
        (bias == null
                ? NativeOp.of("conv2d", output.value(), x, w)
                : NativeOp.of("conv2d", output.value(), x, w, bias.value()))
            .integers(geometry);
    INDArray dy = output.gradient();
    if (dy == null) {
      backward = null;
      return;
    }
    INDArray dx = input.trainedGradient();
    INDArray dw = kernel.trainedGradient();
    backward =
        (bias == null
                ? NativeOp.of("conv2d_bp", List.of(dx, dw).toArray(INDArray[]::new), x, w, dy)
                : NativeOp.of(
                    "conv2d_bp",
                    List.of(dx, dw, bias.trainedGradient()).toArray(INDArray[]::new),
                    x,
                    w,
                    bias.value(),
                    dy))
            .integers(geometry);
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
