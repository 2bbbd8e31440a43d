package io.afterimage.frame;

import io.afterimage.frame.ImageHeader.Format;

/** A PNG's chunks from IHDR to IEND, and their checksums (W3C PNG, section 5). */
final class PngStructure {
  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private PngStructure() {}

  static ImageHeader read(ImageBytes bytes) throws FrameRejectedException {
    bytes.skip(SIGNATURE.length);
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
      bytes.skip(length);
      checkSum(chunk, bytes, begin);
      hasData |= chunk.equals("IDAT");
    } while (!chunk.equals("IEND"));
    if (!hasData) {
      throw ImageBytes.undecodable("PNG without a picture");
    }
    return new ImageHeader(Format.PNG, (int) width, (int) height);
  }

  private static void checkSum(String chunk, ImageBytes bytes, int begin)
      throws FrameRejectedException {
    long computed = bytes.crc32Since(begin);
    if (bytes.u32BigEndian() != computed) {
      throw ImageBytes.undecodable("damaged PNG: checksum of " + chunk);
    }
  }
}
