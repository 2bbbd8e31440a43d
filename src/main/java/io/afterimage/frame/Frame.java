package io.afterimage.frame;

import org.jspecify.annotations.Nullable;

/**
 * One decoded picture of one camera at one capture time.
 *
 * @param camera the camera's id
 * @param captureTimeMillis when the picture was taken (milliseconds since 1970, UTC)
 * @param size height and width S (pixels)
 * @param pixels {@code (S, S, 3)} row-major, red-green-blue, unsigned bytes; owned by this record,
 *     not to be written to
 * @param label class label of the frame, if its producer gave one
 */
public record Frame(
    String camera, long captureTimeMillis, int size, byte[] pixels, @Nullable String label) {
  /** Color channels of every frame. */
  public static final int CHANNELS = 3;

  public Frame {
    if (pixels.length != bytes(size)) {
      throw new IllegalArgumentException(
          "pixels must hold size * size * 3 = %d bytes for size %d, but held %d"
              .formatted(bytes(size), size, pixels.length));
    }
  }

  /** A frame without a label. */
  public Frame(String camera, long captureTimeMillis, int size, byte[] pixels) {
    this(camera, captureTimeMillis, size, pixels, null);
  }

  /** The bytes of one frame of the given size. */
  public static int bytes(int size) {
    return size * size * CHANNELS;
  }
}
