package io.afterimage.page;

/**
 * Where a frame is: a record of the topic of frames.
 *
 * @param partition its partition
 * @param offset its offset in that partition
 */
record FrameRef(int partition, long offset) {
  FrameRef {
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "partition and offset must be >= 0, but were %d and %d".formatted(partition, offset));
    }
  }
}
