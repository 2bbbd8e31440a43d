package io.afterimage.wire;

/**
 * A reference to a frame: the position of its record in the topic of frames, and the camera and
 * capture time expected there. A topic that was deleted and recreated holds other frames at the
 * same offsets.
 *
 * @param camera the camera's id
 * @param captureMillis when the picture was taken (milliseconds since 1970, UTC)
 * @param partition the partition of the frame's record
 * @param offset the offset of the frame's record in its partition
 */
public record FrameRef(String camera, long captureMillis, int partition, long offset) {
  public FrameRef {
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "partition and offset must be >= 0, but were %d and %d".formatted(partition, offset));
    }
  }
}
