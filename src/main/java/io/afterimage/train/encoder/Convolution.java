package io.afterimage.train.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A convolution over {@code (N, H, W, in)} with a kernel of {@code (k, k, in, out)}, padded by k/2
 * on every side.
 *
 * <p>With stride 1 it is also the gradient of a convolution with the kernel rotated by 180 degrees
 * and its channels exchanged. On the CPU that form is faster: oneDNN computes gradients of 3x3
 * convolutions by Winograd's algorithm (Lavin and Gray, CVPR 2016, arXiv:1509.09308), forward ones
 * directly.
 */
final class Convolution implements Layer {
  private final NativeOp[] forward;
  private final @Nullable NativeOp backward;

  Convolution(Tensor input, Tensor output, Tensor kernel, int stride, Buffers buffers) {
    long[] geometry = geometry(kernel, stride);
    INDArray x = input.value();
    INDArray w = kernel.value();
    forward =
        stride == 1 && Nd4j.getEnvironment().isCPU()
            ? byGradient(x, output.value(), w, geometry, buffers)
            : new NativeOp[] {NativeOp.of("conv2d", output.value(), x, w).integers(geometry)};
    INDArray dy = output.gradient();
    backward =
        dy == null
            ? null
            : NativeOp.of(
                    "conv2d_bp",
                    new INDArray[] {input.trainedGradient(), kernel.trainedGradient()},
                    x,
                    w,
                    dy)
                .integers(geometry);
  }

  private static NativeOp[] byGradient(
      INDArray x, INDArray y, INDArray w, long[] geometry, Buffers buffers) {
    long side = w.size(0);
    INDArray turned = buffers.array(w.shape());
    INDArray reversal = buffers.array(side * side, side * side);
    for (long i = 0; i < side * side; i++) {
      reversal.putScalar(i, side * side - 1 - i, 1);
    }
    return new NativeOp[] {
      NativeOp.of("matmul", taps(turned), reversal, taps(w)),
      NativeOp.of("deconv2d_tf", y, buffers.shape(y.shape()), turned.permute(0, 1, 3, 2), x)
          .integers(geometry)
    };
  }

  /** {@code (k, k, in, out)} as {@code (k*k, in*out)}. */
  private static INDArray taps(INDArray kernel) {
    long taps = kernel.size(0) * kernel.size(1);
    return kernel.reshape('c', taps, kernel.length() / taps);
  }

  /**
   * The integer arguments of ND4J's convolutions: kernel, stride, padding, dilation, layout NHWC.
   */
  static long[] geometry(Tensor kernel, int stride) {
    long side = kernel.size(0);
    long padding = side / 2;
    return new long[] {side, side, stride, stride, padding, padding, 1, 1, 0, 1, 0};
  }

  @Override
  public void forward() {
    for (NativeOp op : forward) {
      op.run();
    }
  }

  @Override
  public void backward() {
    if (backward != null) {
      backward.run();
    }
  }
}
