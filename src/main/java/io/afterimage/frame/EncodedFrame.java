package io.afterimage.frame;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One picture as its camera published it: an encoded image and where it was read.
 *
 * @param camera the camera's id, the key of the Kafka record; never blank
 * @param captureTimeMillis when the picture was taken (milliseconds since 1970, UTC)
 * @param image the encoded image (JPEG, PNG, ...); owned by this record, not to be written to
 * @param partition the Kafka partition that it was read from
 * @param offset its offset in that partition
 * @param label class label of the frame, if its producer gave one
 */
public record EncodedFrame(
    String camera,
    long captureTimeMillis,
    byte[] image,
    int partition,
    long offset,
    @Nullable String label) {
  public EncodedFrame {
    Objects.requireNonNull(image, "image");
    if (camera.isBlank()) {
      throw new IllegalArgumentException("camera must not be blank");
    }
  }

  /** A frame without a label. */
  public EncodedFrame(
      String camera, long captureTimeMillis, byte[] image, int partition, long offset) {
    this(camera, captureTimeMillis, image, partition, offset, null);
  }
}
