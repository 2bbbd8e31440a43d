package io.afterimage.search;

import io.afterimage.wire.FrameRef;

/**
 * A frame in the index, without its vector.
 *
 * @param camera the camera's id
 * @param captureMillis when it was taken (milliseconds since 1970, UTC)
 * @param encoderId which encoder embedded it
 * @param step the last step that this encoder had learned from
 * @param partition where its picture lies in the topic of frames
 * @param offset where its picture lies in that partition
 */
public record IndexedFrame(
    String camera, long captureMillis, long encoderId, long step, int partition, long offset) {
  /** Where its picture is. */
  public FrameRef frame() {
    return new FrameRef(camera, captureMillis, partition, offset);
  }
}
