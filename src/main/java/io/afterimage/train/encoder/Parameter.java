package io.afterimage.train.encoder;

/**
 * One named array of an encoder.
 *
 * @param name unique within the encoder: {@code stage2.block1.first.kernel}
 * @param shape its shape; kernels are {@code (kH, kW, in, out)}, matrices {@code (in, out)}
 * @param role its role, which determines its initial value and updates
 */
public record Parameter(String name, long[] shape, Role role) {
  /** The role of a parameter, which determines its initial value and updates. */
  public enum Role {
    /** A convolution's kernel or a matrix; initialized at random, with weight decay. */
    KERNEL,
    /** A factor; initially 1. */
    GAIN,
    /** A summand; initially 0. */
    BIAS,
    /** A running mean; initially 0, not trained. */
    RUNNING_MEAN,
    /** A running variance; initially 1, not trained. */
    RUNNING_VARIANCE;

    /** Whether the optimizer updates the parameter. */
    public boolean trained() {
      return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }

    /** Whether the parameter is subject to weight decay. */
    public boolean decayed() {
      return this == KERNEL;
    }
  }

  /** The number of values. */
  public int length() {
    int length = 1;
    for (long side : shape) {
      length = Math.multiplyExact(length, Math.toIntExact(side));
    }
    return length;
  }

  /** The fan-in: the number of values that one output of a kernel or matrix depends on. */
  public int fanIn() {
    return length() / Math.toIntExact(shape[shape.length - 1]);
  }
}
