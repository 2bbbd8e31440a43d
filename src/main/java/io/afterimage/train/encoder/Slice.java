package io.afterimage.train.encoder;

/**
 * Some adjacent frames of a mini-batch.
 *
 * @param from the first
 * @param to the one after the last
 */
record Slice(long from, long to) {
  /** What a tensor of all frames holds of these, over the same memory. */
  Tensor of(Tensor tensor) {
    return tensor.frames(from, to);
  }
}
