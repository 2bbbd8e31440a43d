package io.afterimage.wire;

import io.afterimage.frame.FrameRejectedException;
import io.afterimage.frame.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Frames as records of the topic {@code frames}: the key is the camera's id in UTF-8, the value the
 * encoded image, the timestamp the capture time. The header {@code label} is optional.
 */
public final class FrameRecord {
  /** Header with the class label of a frame, UTF-8; any share of the frames may have it. */
  public static final String LABEL = "label";

  /** A camera id is a state key and a metric label; a longer one is a producer's mistake. */
  public static final int MAX_CAMERA_BYTES = 256;

  public static final int MAX_LABEL_BYTES = 256;

  private FrameRecord() {}

  /** The key of a camera's frames, and of the records that the job derives from them. */
  public static byte[] key(String camera) {
    return camera.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The camera's id.
   *
   * @param key null if the record has none
   * @throws FrameRejectedException if the key is not a camera id
   */
  public static String camera(byte @Nullable [] key) throws FrameRejectedException {
    if (key == null) {
      throw new FrameRejectedException(RejectionReason.MISSING_CAMERA, "the record has no key");
    }
    if (key.length > MAX_CAMERA_BYTES) {
      throw new FrameRejectedException(
          RejectionReason.MISSING_CAMERA,
          "the key must be a camera id of at most %d bytes, but has %d"
              .formatted(MAX_CAMERA_BYTES, key.length));
    }
    String camera;
    try {
      camera = text(key);
    } catch (CharacterCodingException e) {
      throw new FrameRejectedException(RejectionReason.MISSING_CAMERA, "the key is not UTF-8 text");
    }
    if (camera.isBlank()) {
      throw new FrameRejectedException(RejectionReason.MISSING_CAMERA, "the key is blank");
    }
    return camera;
  }

  /**
   * The class label of the frame; null if there is none. A frame whose header cannot be a label
   * counts as unlabeled.
   *
   * @param header the value of the header {@link #LABEL}; null if there is none
   */
  public static @Nullable String label(byte @Nullable [] header) {
    if (header == null || header.length > MAX_LABEL_BYTES) {
      return null;
    }
    try {
      String label = text(header);
      return label.isBlank() ? null : label;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String text(byte[] utf8) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
  }
}
