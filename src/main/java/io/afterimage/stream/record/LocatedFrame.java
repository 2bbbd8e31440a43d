package io.afterimage.stream.record;

import io.afterimage.frame.Frame;

/**
 * A frame with the position of its record in the topic of frames.
 *
 * @param partition the partition that it was read from
 * @param offset its offset in that partition
 */
public record LocatedFrame(Frame frame, int partition, long offset) {
  /** The id of the frame's camera. */
  public String camera() {
    return frame.camera();
  }
}
