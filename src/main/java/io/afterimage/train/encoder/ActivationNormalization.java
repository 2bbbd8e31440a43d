package io.afterimage.train.encoder;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Normalizes activations to mean 0 and variance 1 over a set of them, then applies a gain and a
 * bias per channel.
 *
 * <p>The set is the only difference between group normalization (Wu and He, ECCV 2018,
 * arXiv:1803.08494) and batch normalization (Ioffe and Szegedy, ICML 2015, arXiv:1502.03167), and
 * is given by {@link Averaging}. The derivation: with m and v the mean of x and the variance over
 * the set, r = (v + eps)^-1/2 and a = gain r, the forward map is y = a (x - m) + bias. With u and w
 * the means over the set of gain dy and gain dy (x - m) r, the backward map is dx = a dy - c x - d
 * with c = r^2 w and d = r u - m c. The large arrays are therefore only read for spatial means and
 * affine maps per frame and channel; the rest is computed on arrays of {@code (N, C)}.
 *
 * <p>The variance is that of x - m, not the mean square less the square of the mean, which would
 * lose digits if activations are far from 0. Broadcasting operations never write into their input,
 * since in place they take two to four times as long.
 */
final class ActivationNormalization implements Layer {
  static final double EPSILON = 1e-5;

  /** Averages spatial means over the normalized set. */
  @FunctionalInterface
  interface Averaging {
    /**
     * @param from {@code (N, C)}
     * @param to {@code (N, C)}, the mean over the set, at each of its positions
     */
    List<NativeOp> ops(INDArray from, INDArray to);

    /** Averages over the channels of a group, per frame. */
    static Averaging groups(int groups, Buffers buffers) {
      return (from, to) -> {
        long frames = from.size(0);
        long channels = from.size(1);
        if (channels % groups != 0) {
          throw new IllegalArgumentException(
              "channels must be a multiple of %d, but were %d".formatted(groups, channels));
        }
        long[] grouped = {frames, groups, channels / groups};
        INDArray mean = buffers.array(frames, groups, 1);
        INDArray ones = buffers.filled(1, grouped);
        return List.of(
            NativeOp.of(
                    "reduce_mean", mean.reshape('c', frames, groups), from.reshape('c', grouped))
                .integers(2),
            NativeOp.of("multiply", to.reshape('c', grouped), ones, mean));
      };
    }

    /** Averages over the frames of a mini-batch, per channel. */
    static Averaging frames(Buffers buffers) {
      return (from, to) -> {
        long frames = from.size(0);
        INDArray mixing = buffers.filled(1.0 / frames, frames, frames);
        return List.of(NativeOp.of("matmul", to, mixing, from));
      };
    }
  }

  private final List<NativeOp> statistics = new ArrayList<>();
  private final RSqrt root;
  private final List<NativeOp> affine;
  private final List<NativeOp> backward = new ArrayList<>();
  private final INDArray mean; // (N, C)
  private final INDArray variance; // (N, C)

  /**
   * @param input {@code (N, H, W, C)}
   * @param output its gradient is read; it may share memory with the input's gradient, not with its
   *     values
   * @param gain {@code (C)}
   * @param bias {@code (C)}
   * @param means written by {@link #backward}; null for inference
   */
  ActivationNormalization(
      Tensor input,
      Tensor output,
      INDArray gain,
      INDArray bias,
      AffineGradient.@Nullable Means means,
      Averaging averaging,
      Scratch scratch,
      Buffers buffers) {
    long frames = input.size(0);
    long channels = input.size(3);
    INDArray x = pixels(input.value());
    INDArray y = pixels(output.value());
    INDArray g = gain.reshape('c', 1, channels);
    INDArray s = pixels(scratch.first(input.value().shape()));
    INDArray t = pixels(scratch.second(input.value().shape()));
    INDArray spatialMean = buffers.array(frames, channels);
    INDArray spatialVariance = buffers.array(frames, channels);
    INDArray inverse = buffers.array(frames, channels); // r
    INDArray factor = buffers.array(frames, channels); // a
    INDArray epsilon = buffers.filled(EPSILON, frames, channels);
    mean = buffers.array(frames, channels);
    variance = buffers.array(frames, channels);
    statistics.add(SpatialMean.op(input.value(), spatialMean));
    statistics.addAll(averaging.ops(spatialMean, mean));
    statistics.add(NativeOp.of("subtract", s, x, spread(mean)));
    statistics.add(NativeOp.of("multiply", t, s, s));
    statistics.add(SpatialMean.op(t.reshape('c', input.value().shape()), spatialVariance));
    statistics.addAll(averaging.ops(spatialVariance, variance));
    statistics.add(NativeOp.of("add", inverse, variance, epsilon));
    root = new RSqrt(inverse, inverse);
    affine =
        List.of(
            NativeOp.of("multiply", factor, inverse, g),
            NativeOp.of("multiply", y, s, spread(factor)),
            NativeOp.of("biasadd", output.value(), output.value(), bias));
    if (means == null) {
      return;
    }
    INDArray dy = output.trainedGradient();
    INDArray dx = pixels(input.trainedGradient());
    INDArray slope = buffers.array(frames, channels); // c
    INDArray offset = buffers.array(frames, channels); // d
    INDArray temporary = buffers.array(frames, channels);
    backward.add(SpatialMean.op(dy, means.gradient()));
    backward.add(NativeOp.of("multiply", s, pixels(dy), x));
    backward.add(SpatialMean.op(s.reshape('c', input.value().shape()), spatialMean));
    // The mean of dy times the normalized x.
    backward.add(NativeOp.of("multiply", temporary, mean, means.gradient()));
    backward.add(NativeOp.of("subtract", temporary, spatialMean, temporary));
    backward.add(NativeOp.of("multiply", means.product(), temporary, inverse));
    // c = r^2 w
    backward.add(NativeOp.of("multiply", temporary, means.product(), g));
    backward.addAll(averaging.ops(temporary, slope));
    backward.add(NativeOp.of("multiply", slope, slope, inverse));
    backward.add(NativeOp.of("multiply", slope, slope, inverse));
    // d = r u - m c
    backward.add(NativeOp.of("multiply", temporary, means.gradient(), g));
    backward.addAll(averaging.ops(temporary, offset));
    backward.add(NativeOp.of("multiply", offset, offset, inverse));
    backward.add(NativeOp.of("multiply", temporary, mean, slope));
    backward.add(NativeOp.of("subtract", offset, offset, temporary));
    // dx = a dy - c x - d
    backward.add(NativeOp.of("multiply", s, x, spread(slope)));
    backward.add(NativeOp.of("multiply", t, pixels(dy), spread(factor)));
    backward.add(NativeOp.of("subtract", s, t, s));
    backward.add(NativeOp.of("subtract", dx, s, spread(offset)));
  }

  /** {@code (N, C)} the mean of the last mini-batch over the set, at each of its positions. */
  INDArray mean() {
    return mean;
  }

  /** {@code (N, C)} the variance of the last mini-batch over the set, at each of its positions. */
  INDArray variance() {
    return variance;
  }

  @Override
  public void forward() {
    statistics.forEach(NativeOp::run);
    Nd4j.getExecutioner().exec(root);
    affine.forEach(NativeOp::run);
  }

  @Override
  public void backward() {
    backward.forEach(NativeOp::run);
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
