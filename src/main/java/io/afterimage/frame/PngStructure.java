package io.afterimage.frame;

/** A still PNG's chunks from IHDR to IEND, and their checksums (W3C PNG, section 5). */
final class PngStructure {
  private static final int[] SIGNATURE = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private PngStructure() {}

  static ImageHeader read(ImageBytes bytes) throws FrameRejectedException {
    for (int expected : SIGNATURE) {
      if (bytes.u8() != expected) {
        throw ImageBytes.undecodable("PNG signature damaged at byte " + (bytes.position() - 1));
      }
    }
    long headerLength = bytes.u32BigEndian();
    int begin = bytes.position();
    if (!bytes.fourCharacters().equals("IHDR") || headerLength != 13) {
      throw ImageBytes.undecodable("PNG does not begin with a header");
    }
    long width = bytes.u32BigEndian();
    long height = bytes.u32BigEndian();
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw ImageBytes.undecodable("PNG of %d x %d pixels".formatted(width, height));
    }
    bytes.skip(headerLength - 8);
    checkSum("IHDR", bytes, begin);

    boolean hasData = false;
    String chunk;
    do {
      long length = bytes.u32BigEndian();
      begin = bytes.position();
      chunk = bytes.fourCharacters();
      if (chunk.equals("acTL")) {
        throw ImageBytes.unsupported("animated PNG, only still images are accepted");
      }
      bytes.skip(length);
      checkSum(chunk, bytes, begin);
      hasData |= chunk.equals("IDAT");
    } while (!chunk.equals("IEND"));
    if (!hasData) {
      throw ImageBytes.undecodable("PNG without a picture");
    }
    return new ImageHeader(ImageFormat.PNG, (int) width, (int) height);
  }

  private static void checkSum(String chunk, ImageBytes bytes, int begin)
      throws FrameRejectedException {
    long computed = bytes.crc32Since(begin);
    if (bytes.u32BigEndian() != computed) {
      throw ImageBytes.undecodable("damaged PNG: checksum of " + chunk);
    }
  }
}
