package io.afterimage.search;

import io.afterimage.wire.FrameRef;

/**
 * A frame in the index, without its vector.
 *
 * @param camera the camera's id
 * @param captureMillis when it was taken (milliseconds since 1970, UTC)
 * @param encoderId id of the encoder that embedded it
 * @param step the last step that this encoder had learned from
 * @param partition the partition of its picture in the topic of frames
 * @param offset the offset of its picture in that partition
 */
public record IndexedFrame(
    String camera, long captureMillis, long encoderId, long step, int partition, long offset) {
  /** The reference to its picture. */
  public FrameRef frame() {
    return new FrameRef(camera, captureMillis, partition, offset);
  }
}
