package io.afterimage.frame;

import io.afterimage.frame.ImageHeader.Format;

/** A WebP's RIFF container and the header of its first chunk (RFC 9649, section 2). */
final class WebpStructure {
  private WebpStructure() {}

  static ImageHeader read(ImageBytes bytes) throws FrameRejectedException {
    bytes.fourCharacters(); // RIFF
    long size = bytes.u32LittleEndian();
    int begin = bytes.position();
    if (!bytes.fourCharacters().equals("WEBP")) {
      throw ImageBytes.undecodable("RIFF file that is no WebP image");
    }
    String chunk = bytes.fourCharacters();
    bytes.skip(4);
    int width;
    int height;
    switch (chunk) {
      case "VP8 " -> {
        bytes.skip(6); // frame tag and start code
        width = bytes.u16LittleEndian() & 0x3fff;
        height = bytes.u16LittleEndian() & 0x3fff;
      }
      case "VP8L" -> {
        bytes.skip(1); // signature
        long packed = bytes.u32LittleEndian();
        width = (int) (packed & 0x3fff) + 1;
        height = (int) (packed >> 14 & 0x3fff) + 1;
      }
      case "VP8X" -> {
        bytes.skip(4); // features
        width = bytes.u24LittleEndian() + 1;
        height = bytes.u24LittleEndian() + 1;
      }
      default -> throw ImageBytes.undecodable("WebP that begins with a chunk \"" + chunk + '"');
    }
    if (width < 1 || height < 1) {
      throw ImageBytes.undecodable("WebP of %d x %d pixels".formatted(width, height));
    }
    bytes.skip(size - (bytes.position() - begin));
    return new ImageHeader(Format.WEBP, width, height);
  }
}
