package io.afterimage.pairing;

import io.afterimage.frame.Frame;
import org.jspecify.annotations.Nullable;

/**
 * K frames of one camera within the positive window; any two of them are a positive pair.
 *
 * @param camera the camera's id
 * @param captureTimesMillis {@code (K)} when each view was taken, ascending (milliseconds since
 *     1970, UTC)
 * @param size height and width S of each view (pixels)
 * @param pixels {@code (K, S, S, 3)} row-major, red-green-blue, unsigned bytes; owned by this
 *     record, not to be written to
 * @param frames how many accepted frames of the camera this group stands for: its views, and the
 *     frames skipped since the camera's last group. Summed over all groups, every accepted frame is
 *     counted once.
 * @param label the class label of its labeled views; null if none is labeled or they differ
 */
public record PositiveGroup(
    String camera,
    long[] captureTimesMillis,
    int size,
    byte[] pixels,
    int frames,
    @Nullable String label) {
  public PositiveGroup {
    if (captureTimesMillis.length < 2) {
      throw new IllegalArgumentException(
          "a positive group must have at least 2 views, but had " + captureTimesMillis.length);
    }
    int expected = captureTimesMillis.length * Frame.bytes(size);
    if (pixels.length != expected) {
      throw new IllegalArgumentException(
          "pixels must hold %d bytes for %d views of size %d, but held %d"
              .formatted(expected, captureTimesMillis.length, size, pixels.length));
    }
  }

  /** A group without a label. */
  public PositiveGroup(
      String camera, long[] captureTimesMillis, int size, byte[] pixels, int frames) {
    this(camera, captureTimesMillis, size, pixels, frames, null);
  }

  /** The number of views K. */
  public int views() {
    return captureTimesMillis.length;
  }

  /** When the last view was taken (milliseconds since 1970, UTC). */
  public long lastCaptureTimeMillis() {
    return captureTimesMillis[captureTimesMillis.length - 1];
  }
}
