package io.afterimage.wire;

/**
 * The embedding of one frame by one encoder.
 *
 * <p>Vectors are comparable only if their {@code encoderId} is the same. The frame itself is the
 * record of the topic {@code frames} at {@code partition} and {@code offset}; camera, partition and
 * offset together identify the frame, even if an embedding is published twice.
 *
 * @param camera the camera's id, never blank
 * @param captureMillis when the picture was taken (milliseconds since 1970, UTC)
 * @param encoderId which encoder embedded it, see {@link EncoderId}
 * @param step the last step that the encoder learned from; 0 before the first
 * @param partition the partition of the frame's record
 * @param offset the offset of the frame's record in its partition
 * @param vector {@code (D)}, of unit length; owned by this record, not to be written to
 */
public record FrameEmbedding(
    String camera,
    long captureMillis,
    long encoderId,
    long step,
    int partition,
    long offset,
    float[] vector) {
  public FrameEmbedding {
    if (camera.isBlank()) {
      throw new IllegalArgumentException("camera must not be blank");
    }
    require("step", step);
    require("partition", partition);
    require("offset", offset);
    if (vector.length == 0) {
      throw new IllegalArgumentException("vector must not be empty");
    }
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new IllegalArgumentException(
            "vector must be finite, but number %d was %s".formatted(i, vector[i]));
      }
    }
  }

  /** The frame that was embedded. */
  public FrameRef frame() {
    return new FrameRef(camera, captureMillis, partition, offset);
  }

  private static void require(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("%s must be >= 0, but was %d".formatted(name, value));
    }
  }
}
