package io.afterimage.train.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Standardizes a kernel to mean 0 and sum of squares gain^2 over each output's fan-in (Brock et
 * al., ICLR 2021, arXiv:2101.08692), which preserves the variance from layer to layer without
 * normalizing activations.
 *
 * <p>With m the mean of w and r = (sum (w - m)^2 + eps)^-1/2 of each output, the effective kernel
 * is k = g s r (w - m), g the learned gain and s the fixed scale.
 */
final class WeightStandardization implements Layer {
  static final double EPSILON = 1e-4;

  private final INDArray inverse; // (1, O)
  private final INDArray factor; // (1, O)
  private final double scale;
  private final NativeOp[] statistics;
  private final NativeOp[] apply;
  private final NativeOp @Nullable [] backward;

  /**
   * @param raw {@code (kH, kW, I, O)} the trained kernel
   * @param gain {@code (O)}
   * @param kernel {@code (kH, kW, I, O)} the effective kernel
   * @param scale s
   */
  WeightStandardization(Tensor raw, Tensor gain, Tensor kernel, double scale, Buffers buffers) {
    this.scale = scale;
    long outputs = raw.size(3);
    long fanIn = raw.value().length() / outputs;
    INDArray w = matrix(raw.value(), outputs);
    INDArray k = matrix(kernel.value(), outputs);
    INDArray g = gain.value().reshape('c', 1, outputs);
    INDArray averaging = buffers.filled(1.0 / fanIn, 1, fanIn);
    INDArray summing = buffers.filled(1, 1, fanIn);
    INDArray mean = buffers.array(1, outputs);
    INDArray centred = buffers.array(fanIn, outputs);
    INDArray scratch = buffers.array(fanIn, outputs);
    inverse = buffers.array(1, outputs);
    factor = buffers.array(1, outputs);
    statistics =
        new NativeOp[] {
          NativeOp.of("matmul", mean, averaging, w),
          NativeOp.of("subtract", centred, w, mean),
          NativeOp.of("multiply", scratch, centred, centred),
          NativeOp.of("matmul", inverse, summing, scratch),
        };
    apply =
        new NativeOp[] {
          NativeOp.of("multiply", factor, inverse, g), NativeOp.of("multiply", k, centred, factor)
        };
    INDArray gradient = kernel.gradient();
    if (gradient == null) {
      backward = null;
      return;
    }
    INDArray dk = matrix(gradient, outputs);
    INDArray dw = matrix(raw.trainedGradient(), outputs);
    INDArray dg = gain.trainedGradient().reshape('c', 1, outputs);
    INDArray product = buffers.array(1, outputs);
    backward =
        new NativeOp[] {
          // dg = s r sum dk (w - m); the inverse already includes s
          NativeOp.of("multiply", scratch, dk, centred),
          NativeOp.of("matmul", product, summing, scratch),
          NativeOp.of("multiply", dg, product, inverse),
          // dw = g s r (dk - mean dk - (w - m) r^2 sum dk (w - m))
          NativeOp.of("matmul", mean, averaging, dk),
          NativeOp.of("subtract", dw, dk, mean),
          NativeOp.of("multiply", product, product, inverse),
          NativeOp.of("multiply", product, product, inverse),
          NativeOp.of("multiply", product, product, buffers.filled(1 / (scale * scale), 1, 1)),
          NativeOp.of("multiply", scratch, centred, product),
          NativeOp.of("subtract", dw, dw, scratch),
          NativeOp.of("multiply", dw, dw, factor),
        };
  }

  @Override
  public void forward() {
    run(statistics);
    inverse.addi(EPSILON);
    Nd4j.getExecutioner().exec(new RSqrt(inverse, inverse));
    inverse.muli(scale);
    run(apply);
  }

  @Override
  public void backward() {
    if (backward != null) {
      run(backward);
    }
  }

  private static INDArray matrix(INDArray kernel, long outputs) {
    return kernel.reshape('c', kernel.length() / outputs, outputs);
  }

  private static void run(NativeOp[] ops) {
    for (NativeOp op : ops) {
      op.run();
    }
  }
}
