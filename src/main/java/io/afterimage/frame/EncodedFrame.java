package io.afterimage.frame;

import java.util.Objects;

/**
 * One picture as its camera published it: an encoded image and where it was read.
 *
 * @param camera the camera's id, the key of the Kafka record; never blank
 * @param captureTimeMillis when the picture was taken (milliseconds since 1970, UTC)
 * @param image the encoded image (JPEG, PNG, ...); owned by this record, not to be written to
 * @param partition the Kafka partition that it was read from
 * @param offset its offset in that partition
 */
public record EncodedFrame(
    String camera, long captureTimeMillis, byte[] image, int partition, long offset) {
  public EncodedFrame {
    Objects.requireNonNull(image, "image");
    if (camera.isBlank()) {
      throw new IllegalArgumentException("camera must not be blank");
    }
  }
}
