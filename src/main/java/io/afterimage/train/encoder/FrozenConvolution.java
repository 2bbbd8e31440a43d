package io.afterimage.train.encoder;

import org.jspecify.annotations.Nullable;

/**
 * One convolution of an encoder in inference: padded by k/2 on every side, followed by the bias or
 * the group normalization.
 *
 * @param side k
 * @param inputs channels in
 * @param outputs channels out
 * @param kernel {@code (k, k, in, out)} row-major, with all foldable factors included
 * @param bias {@code (out)}
 * @param groups normalization before the gain and the bias; null for none
 */
public record FrozenConvolution(
    int side, int inputs, int outputs, float[] kernel, float[] bias, @Nullable Groups groups) {
  /**
   * Group normalization: per frame, over the channels of a group and all pixels.
   *
   * @param count number of groups
   * @param epsilon added to the variance
   * @param gain {@code (out)}, applied before the bias
   */
  public record Groups(int count, double epsilon, float[] gain) {}
}
