package io.afterimage.train.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 1x1 convolution: every stride-th pixel of {@code (N, H, W, in)} times a matrix.
 *
 * <p>Pixels are selected by pooling with a window of one, and gradients are distributed by the
 * pooling's gradient, since a strided view would take ten times as long.
 */
final class PointwiseConvolution implements Layer {
  private final NativeOp[] forward;
  private final NativeOp @Nullable [] backward;

  /**
   * @param kernel {@code (1, 1, in, out)}
   */
  PointwiseConvolution(Tensor input, Tensor output, Tensor kernel, int stride, Buffers buffers) {
    long inputs = kernel.size(2);
    long outputs = kernel.size(3);
    Tensor picked = buffers.tensor(output.size(0), output.size(1), output.size(2), inputs);
    long[] window = {1, 1, stride, stride, 0, 0, 1, 1, 0, 0, 1};
    INDArray x = rows(picked.value(), inputs);
    INDArray w = rows(kernel.value(), outputs);
    forward =
        new NativeOp[] {
          NativeOp.of("avgpool2d", picked.value(), input.value()).integers(window),
          NativeOp.of("matmul", rows(output.value(), outputs), x, w)
        };
    INDArray dy = output.gradient();
    if (dy == null) {
      backward = null;
      return;
    }
    INDArray dyRows = rows(dy, outputs);
    backward =
        new NativeOp[] {
          NativeOp.of("matmul", rows(kernel.trainedGradient(), outputs), x, dyRows)
              .integers(1, 0, 0),
          NativeOp.of("matmul", rows(picked.trainedGradient(), inputs), dyRows, w)
              .integers(0, 1, 0),
          NativeOp.of(
                  "avgpool2d_bp", input.trainedGradient(), input.value(), picked.trainedGradient())
              .integers(window)
        };
  }

  private static INDArray rows(INDArray array, long columns) {
    return array.reshape('c', array.length() / columns, columns);
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
      for (NativeOp op : backward) {
        op.run();
      }
    }
  }
}
