package io.afterimage.train.encoder;

/**
 * A range of a mini-batch's frames.
 *
 * @param from the first frame
 * @param to the frame after the last
 */
record Slice(long from, long to) {
  /** The part of a tensor of all frames that belongs to the slice, over the same memory. */
  Tensor of(Tensor tensor) {
    return tensor.frames(from, to);
  }
}
