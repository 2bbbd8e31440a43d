package io.afterimage.frame;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What an encoded image says of itself, read without decoding it.
 *
 * <p>Reading follows the format's structure from the first byte to its end mark, because decoders
 * fill what is missing of a truncated image with gray, or with what they decoded before. What it
 * cannot see is damage inside the compressed data of a JPEG or WebP.
 *
 * @param format the image's format
 * @param width width before any rotation that the image asks for (pixels)
 * @param height height before any rotation that the image asks for (pixels)
 */
record ImageHeader(Format format, int width, int height) {
  /** The formats that are decoded; every other one is refused. */
  enum Format {
    JPEG,
    PNG,
    WEBP
  }

  /**
   * Reads the header and follows the structure to its end.
   *
   * @throws FrameRejectedException {@code UNDECODABLE} if the format is none of {@link Format}, or
   *     the image is damaged or incomplete
   */
  static ImageHeader read(byte[] image) throws FrameRejectedException {
    ImageBytes bytes = new ImageBytes(image);
    if (bytes.startsWith(JpegStructure.SIGNATURE)) {
      return JpegStructure.read(bytes);
    }
    if (bytes.startsWith(PngStructure.SIGNATURE)) {
      return PngStructure.read(bytes);
    }
    if (bytes.startsWith("RIFF".getBytes(StandardCharsets.US_ASCII))) {
      return WebpStructure.read(bytes);
    }
    throw ImageBytes.undecodable(
        "no JPEG, PNG or WebP image: begins with "
            + HexFormat.of().formatHex(image, 0, Math.min(8, image.length)));
  }
}
