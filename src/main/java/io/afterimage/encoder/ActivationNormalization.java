package io.afterimage.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Activations to mean 0 and variance 1 over some set of them, then a gain and a bias per channel.
 *
 * <p>Which set is the only difference between group normalisation (Wu and He, ECCV 2018,
 * arXiv:1803.08494) and batch normalisation (Ioffe and Szegedy, ICML 2015, arXiv:1502.03167), and
 * is given by {@link Averaging}. The derivation: with m and q the means of x and x^2 over the set,
 * r = (q - m^2 + eps)^-1/2, the forward map is the affine map y = a x + b of every frame's every
 * channel with a = gain r and b = bias - m a. With u and v the means over the set of gain dy and
 * gain dy (x - m) r, the backward map is dx = a dy - (c x + d) with c = r^2 v and d = r u - m c. So
 * the large arrays are read for four spatial means and two affine maps, and all else happens on
 * arrays of {@code (N, C)}.
 */
final class ActivationNormalization implements Layer {
  static final double EPSILON = 1e-5;

  /** The operation that averages spatial means further, over the normalised set. */
  @FunctionalInterface
  interface Averaging {
    /**
     * @param from {@code (N, C)}
     * @param to {@code (N, C)}, the mean over the set at each of its places
     */
    NativeOp op(INDArray from, INDArray to);

    /** Over the channels of a group, frame by frame. */
    static Averaging groups(int groups, int channels, Buffers buffers) {
      if (channels % groups != 0) {
        throw new IllegalArgumentException(
            "channels must be a multiple of %d, but were %d".formatted(groups, channels));
      }
      int size = channels / groups;
      INDArray mixing = buffers.array(channels, channels);
      for (int i = 0; i < channels; i++) {
        for (int j = i - i % size; j < i - i % size + size; j++) {
          mixing.putScalar(i, j, 1.0 / size);
        }
      }
      return (from, to) -> NativeOp.of("matmul", to, from, mixing);
    }

    /** Over the frames of a mini-batch, channel by channel. */
    static Averaging frames(int frames, Buffers buffers) {
      INDArray mixing = buffers.filled(1.0 / frames, frames, frames);
      return (from, to) -> NativeOp.of("matmul", to, mixing, from);
    }
  }

  private final INDArray variance; // (N, C)
  private final INDArray inverse; // (N, C), 1 / deviation
  private final INDArray offset; // (N, C)
  private final NativeOp[] statistics;
  private final NativeOp[] affine;
  private final NativeOp @Nullable [] backward;
  private final INDArray mean; // (N, C)

  /**
   * @param output its gradient is read; it may share memory with the input's gradient, not with its
   *     values
   * @param gain {@code (C)}
   * @param bias {@code (C)}
   * @param scratch of the input's shape
   */
  ActivationNormalization(
      Tensor input,
      Tensor output,
      Tensor gain,
      Tensor bias,
      Averaging averaging,
      INDArray scratch,
      Buffers buffers) {
    long frames = input.size(0);
    long area = input.size(1) * input.size(2);
    long channels = input.size(3);
    INDArray x = input.value();
    INDArray g = row(gain.value());
    INDArray spatialMean = buffers.array(frames, channels);
    INDArray spatialSquare = buffers.array(frames, channels);
    INDArray square = buffers.array(frames, channels);
    INDArray factor = buffers.array(frames, channels);
    mean = buffers.array(frames, channels);
    variance = buffers.array(frames, channels);
    inverse = buffers.array(frames, channels);
    offset = buffers.array(frames, channels);
    statistics =
        new NativeOp[] {
          SpatialMean.op(x, spatialMean),
          NativeOp.of("multiply", scratch, x, x),
          SpatialMean.op(scratch, spatialSquare),
          averaging.op(spatialMean, mean),
          averaging.op(spatialSquare, square),
          NativeOp.of("multiply", variance, mean, mean),
          NativeOp.of("subtract", variance, square, variance),
          NativeOp.of("relu", variance, variance).reals(0),
        };
    affine =
        new NativeOp[] {
          NativeOp.of("multiply", factor, inverse, g),
          NativeOp.of("multiply", offset, mean, factor),
          NativeOp.of("subtract", offset, row(bias.value()), offset),
          NativeOp.of("multiply", pixels(output.value()), pixels(x), spread(factor)),
          NativeOp.of("add", pixels(output.value()), pixels(output.value()), spread(offset)),
        };
    INDArray dy = output.gradient();
    if (dy == null) {
      backward = null;
      return;
    }
    INDArray dx = input.trainedGradient();
    INDArray spatialGradient = buffers.array(frames, channels);
    INDArray spatialProduct = buffers.array(frames, channels);
    INDArray temporary = buffers.array(frames, channels);
    INDArray slope = buffers.array(frames, channels);
    INDArray area1 = buffers.filled(area, 1, frames);
    backward =
        new NativeOp[] {
          SpatialMean.op(dy, spatialGradient),
          NativeOp.of("multiply", scratch, dy, x),
          SpatialMean.op(scratch, spatialProduct),
          // The mean of dy times the normalised x.
          NativeOp.of("multiply", temporary, mean, spatialGradient),
          NativeOp.of("subtract", spatialProduct, spatialProduct, temporary),
          NativeOp.of("multiply", spatialProduct, spatialProduct, inverse),
          NativeOp.of("matmul", row(gain.trainedGradient()), area1, spatialProduct),
          NativeOp.of("matmul", row(bias.trainedGradient()), area1, spatialGradient),
          // c = r^2 v
          NativeOp.of("multiply", spatialProduct, spatialProduct, g),
          averaging.op(spatialProduct, slope),
          NativeOp.of("multiply", slope, slope, inverse),
          NativeOp.of("multiply", slope, slope, inverse),
          // d = r u - m c
          NativeOp.of("multiply", spatialGradient, spatialGradient, g),
          averaging.op(spatialGradient, temporary),
          NativeOp.of("multiply", temporary, temporary, inverse),
          NativeOp.of("multiply", spatialProduct, mean, slope),
          NativeOp.of("subtract", temporary, temporary, spatialProduct),
          // dx = a dy - (c x + d)
          NativeOp.of("multiply", pixels(scratch), pixels(x), spread(slope)),
          NativeOp.of("add", pixels(scratch), pixels(scratch), spread(temporary)),
          NativeOp.of("multiply", pixels(dx), pixels(dy), spread(factor)),
          NativeOp.of("subtract", dx, dx, scratch),
        };
  }

  /** {@code (N, C)} the mean of the last mini-batch over the set, at each of its places. */
  INDArray mean() {
    return mean;
  }

  /** {@code (N, C)} the variance of the last mini-batch over the set, at each of its places. */
  INDArray variance() {
    return variance;
  }

  @Override
  public void forward() {
    run(statistics);
    inverse.assign(variance);
    inverse.addi(EPSILON);
    Nd4j.getExecutioner().exec(new RSqrt(inverse, inverse));
    run(affine);
  }

  @Override
  public void backward() {
    if (backward != null) {
      run(backward);
    }
  }

  private static void run(NativeOp[] ops) {
    for (NativeOp op : ops) {
      op.run();
    }
  }

  private static INDArray row(INDArray vector) {
    return vector.reshape('c', 1, vector.length());
  }

  /** {@code (N, H, W, C)} as {@code (N, H*W, C)}. */
  private static INDArray pixels(INDArray array) {
    return array.reshape('c', array.size(0), array.size(1) * array.size(2), array.size(3));
  }

  /** {@code (N, C)} as {@code (N, 1, C)}, the same for every pixel. */
  private static INDArray spread(INDArray array) {
    return array.reshape('c', array.size(0), 1, array.size(1));
  }
}
