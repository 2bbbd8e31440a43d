package io.afterimage.frame;

/** A still WebP's RIFF container and the header of its bitstream (RFC 9649, section 2). */
final class WebpStructure {
  private static final int ANIMATED = 0x02;

  private WebpStructure() {}

  static ImageHeader read(ImageBytes bytes) throws FrameRejectedException {
    bytes.skip(4); // RIFF
    long size = bytes.u32LittleEndian();
    int begin = bytes.position();
    bytes.skip(4); // WEBP
    String chunk = bytes.fourCharacters();
    ImageHeader header =
        chunk.equals("VP8X") ? extended(bytes, bytes.u32LittleEndian()) : bitstream(bytes, chunk);
    long rest = size - (bytes.position() - begin);
    if (rest < 0) {
      throw ImageBytes.undecodable("WebP that declares %d bytes".formatted(size));
    }
    bytes.skip(rest);
    return header;
  }

  /** The canvas, and the picture on it, which must fill it. */
  private static ImageHeader extended(ImageBytes bytes, long length) throws FrameRejectedException {
    int begin = bytes.position();
    if ((bytes.u8() & ANIMATED) != 0) {
      throw ImageBytes.unsupported("animated WebP, only still images are accepted");
    }
    bytes.skip(3);
    int width = bytes.u24LittleEndian() + 1;
    int height = bytes.u24LittleEndian() + 1;
    if (length < bytes.position() - begin) {
      throw ImageBytes.undecodable("WebP header too short");
    }
    bytes.skip(length - (bytes.position() - begin) + (length & 1));
    String chunk = bytes.fourCharacters();
    while (!chunk.equals("VP8 ") && !chunk.equals("VP8L")) {
      long skipped = bytes.u32LittleEndian();
      bytes.skip(skipped + (skipped & 1));
      chunk = bytes.fourCharacters();
    }
    ImageHeader picture = bitstream(bytes, chunk);
    if (picture.width() != width || picture.height() != height) {
      throw ImageBytes.undecodable(
          "WebP canvas of %d x %d pixels with a picture of %d x %d"
              .formatted(width, height, picture.width(), picture.height()));
    }
    return picture;
  }

  private static ImageHeader bitstream(ImageBytes bytes, String chunk)
      throws FrameRejectedException {
    bytes.skip(4); // length
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
      default -> throw ImageBytes.undecodable("WebP that begins with a chunk \"" + chunk + '"');
    }
    if (width < 1 || height < 1) {
      throw ImageBytes.undecodable("WebP of %d x %d pixels".formatted(width, height));
    }
    return new ImageHeader(ImageFormat.WEBP, width, height);
  }
}
