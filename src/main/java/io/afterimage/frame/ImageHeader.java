package io.afterimage.frame;

import java.util.HexFormat;
import java.util.Set;

/**
 * Format and size of an encoded image, read without decoding it.
 *
 * <p>Reading follows the format's structure from the first byte to its end mark, because decoders
 * fill the missing part of a truncated image with gray or with earlier data. Damage inside the
 * compressed data of a JPEG or WebP is not detected.
 *
 * @param format the image's format
 * @param width width before any rotation that the image asks for (pixels)
 * @param height height before any rotation that the image asks for (pixels)
 */
record ImageHeader(ImageFormat format, int width, int height) {
  /**
   * Reads the header and follows the structure to its end.
   *
   * @param accepted the accepted formats, some of {@link ImageFormat#DECODABLE}
   * @throws FrameRejectedException {@code UNSUPPORTED_FORMAT} if the image is of another known
   *     format, or of a kind of its format that is not decoded (animated, lossless JPEG); {@code
   *     UNDECODABLE} if it is of no known format, damaged or incomplete
   */
  static ImageHeader read(byte[] image, Set<ImageFormat> accepted) throws FrameRejectedException {
    ImageFormat format = ImageFormat.of(image);
    if (format == null) {
      throw ImageBytes.undecodable(
          "no image of a known format: begins with "
              + HexFormat.of().formatHex(image, 0, Math.min(8, image.length)));
    }
    if (!accepted.contains(format)) {
      throw ImageBytes.unsupported(
          "%s image, accepted are %s".formatted(format, ImageFormat.titles(accepted)));
    }
    ImageBytes bytes = new ImageBytes(image);
    return switch (format) {
      case JPEG -> JpegStructure.read(bytes);
      case PNG -> PngStructure.read(bytes);
      case WEBP -> WebpStructure.read(bytes);
      default -> throw new IllegalArgumentException("no decoder for " + format);
    };
  }
}
