package io.afterimage.train.encoder;

import org.jspecify.annotations.Nullable;

/**
 * One convolution of an encoder as inference applies it: padded by k/2 on every side, then the bias
 * or the group normalisation.
 *
 * @param side k
 * @param inputs channels in
 * @param outputs channels out
 * @param kernel {@code (k, k, in, out)} row-major, with all that can be folded into it
 * @param bias {@code (out)}
 * @param groups what normalises before the gain and the bias; null for nothing
 */
public record FrozenConvolution(
    int side, int inputs, int outputs, float[] kernel, float[] bias, @Nullable Groups groups) {
  /**
   * Group normalisation: of each frame, over the channels of a group and all pixels.
   *
   * @param count groups
   * @param epsilon added to the variance
   * @param gain {@code (out)}, applied before the bias
   */
  public record Groups(int count, double epsilon, float[] gain) {}
}
