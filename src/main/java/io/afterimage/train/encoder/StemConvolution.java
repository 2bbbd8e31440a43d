package io.afterimage.train.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The convolution that reads pixels, whose gradient is not needed.
 *
 * <p>ND4J has no operation for the kernel's gradient alone. The gradient of the transposed
 * convolution with the roles of input and gradient exchanged is the cheapest that contains it; its
 * overhead is one forward convolution.
 */
final class StemConvolution implements Layer {
  private final NativeOp forward;
  private final @Nullable NativeOp kernelGradient;

  /**
   * @param pixels {@code (N, H, W, in)}
   * @param output {@code (N, H, W, out)}
   * @param kernel {@code (k, k, in, out)}
   */
  StemConvolution(INDArray pixels, Tensor output, Tensor kernel, Buffers buffers) {
    long[] geometry = Convolution.geometry(kernel, 1);
    forward = NativeOp.of("conv2d", output.value(), pixels, kernel.value()).integers(geometry);
    INDArray dy = output.gradient();
    kernelGradient =
        dy == null
            ? null
            : NativeOp.of(
                    "deconv2d_bp",
                    new INDArray[] {buffers.array(dy.shape()), kernel.trainedGradient()},
                    dy,
                    kernel.value(),
                    pixels)
                .integers(geometry);
  }

  @Override
  public void forward() {
    forward.run();
  }

  @Override
  public void backward() {
    if (kernelGradient != null) {
      kernelGradient.run();
    }
  }
}
