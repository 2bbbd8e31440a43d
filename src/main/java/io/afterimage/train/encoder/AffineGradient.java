package io.afterimage.train.encoder;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The gradients of a normalization's gain and bias: sums over all frames of the partial results of
 * each slice.
 *
 * <p>Placed before the normalization, and therefore run after it in the backward pass.
 */
final class AffineGradient implements Layer {
  /**
   * Means over height and width, for some frames.
   *
   * @param gradient {@code (n, C)} of the output's gradient
   * @param product {@code (n, C)} of the output's gradient times the normalized input
   */
  record Means(INDArray gradient, INDArray product) {}

  private final Means means; // of all N frames
  private final NativeOp[] backward;

  /**
   * @param input {@code (N, H, W, C)} the normalization's input
   * @param gain {@code (C)}
   * @param bias {@code (C)}
   */
  AffineGradient(Tensor input, Tensor gain, Tensor bias, Buffers buffers) {
    long frames = input.size(0);
    long channels = input.size(3);
    means = new Means(buffers.array(frames, channels), buffers.array(frames, channels));
    INDArray area = buffers.filled(input.size(1) * input.size(2), 1, frames);
    backward =
        new NativeOp[] {
          NativeOp.of("matmul", row(bias.trainedGradient()), area, means.gradient()),
          NativeOp.of("matmul", row(gain.trainedGradient()), area, means.product())
        };
  }

  /** The place for the means of a slice's normalization. */
  Means means(Slice slice) {
    return new Means(frames(means.gradient(), slice), frames(means.product(), slice));
  }

  private static INDArray frames(INDArray array, Slice slice) {
    return array.get(NDArrayIndex.interval(slice.from(), slice.to()), NDArrayIndex.all());
  }

  private static INDArray row(INDArray vector) {
    return vector.reshape('c', 1, vector.length());
  }

  @Override
  public void forward() {}

  @Override
  public void backward() {
    for (NativeOp op : backward) {
      op.run();
    }
  }
}
