package io.afterimage.train.encoder;

/**
 * One named array of an encoder.
 *
 * @param name unique within the encoder: {@code stage2.block1.first.kernel}
 * @param shape its shape; kernels are {@code (kH, kW, in, out)}, matrices {@code (in, out)}
 * @param role how it is started and updated
 */
public record Parameter(String name, long[] shape, Role role) {
  /** How a parameter is started and updated. */
  public enum Role {
    /** A convolution's kernel or a matrix; starts random, takes weight decay. */
    KERNEL,
    /** A factor; starts at 1. */
    GAIN,
    /** A summand; starts at 0. */
    BIAS,
    /** A running mean; starts at 0, is not trained. */
    RUNNING_MEAN,
    /** A running variance; starts at 1, is not trained. */
    RUNNING_VARIANCE;

    /** Whether the optimizer changes it. */
    public boolean trained() {
      return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }

    /** Whether it takes weight decay. */
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

  /** The values that one output of a kernel or matrix depends on. */
  public int fanIn() {
    return length() / Math.toIntExact(shape[shape.length - 1]);
  }
}
