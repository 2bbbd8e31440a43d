package io.afterimage.frame;

/**
 * One picture as its source delivered it, not yet encoded.
 *
 * @param captureTimeMillis when it was taken (milliseconds since 1970, UTC)
 * @param width width (pixels)
 * @param height height (pixels)
 * @param pixels {@code (height, width, 3)} row-major, red-green-blue, unsigned bytes; owned by this
 *     record, not to be written to
 */
public record CapturedImage(long captureTimeMillis, int width, int height, byte[] pixels) {
  public CapturedImage {
    if (width < 1 || height < 1 || pixels.length != width * height * 3) {
      throw new IllegalArgumentException(
          "pixels must hold width * height * 3 bytes, but held %d for %d x %d"
              .formatted(pixels.length, width, height));
    }
  }
}
