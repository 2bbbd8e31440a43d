package io.afterimage.train.encoder;

/**
 * One linear layer of an encoder.
 *
 * @param inputs size of the input
 * @param outputs size of the output
 * @param kernel {@code (in, out)} row-major
 * @param bias {@code (out)}
 */
public record FrozenLinear(int inputs, int outputs, float[] kernel, float[] bias) {}
