package io.afterimage.frame;

import io.afterimage.frame.ImageHeader.Format;

/** A PNG's chunks from IHDR to IEND (W3C PNG, section 5). The decoder checks their checksums. */
final class PngStructure {
  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private static final int CHECKSUM_BYTES = 4;

  private PngStructure() {}

  static ImageHeader read(ImageBytes bytes) throws FrameRejectedException {
    bytes.skip(SIGNATURE.length);
    long headerBytes = bytes.u32BigEndian();
    if (!bytes.fourCharacters().equals("IHDR") || headerBytes != 13) {
      throw ImageBytes.undecodable("PNG does not begin with a header");
    }
    long width = bytes.u32BigEndian();
    long height = bytes.u32BigEndian();
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw ImageBytes.undecodable("PNG of %d x %d pixels".formatted(width, height));
    }
    bytes.skip(headerBytes - 8 + CHECKSUM_BYTES);
    boolean hasData = false;
    String chunk;
    do {
      long length = bytes.u32BigEndian();
      chunk = bytes.fourCharacters();
      hasData |= chunk.equals("IDAT");
      bytes.skip(length + CHECKSUM_BYTES);
    } while (!chunk.equals("IEND"));
    if (!hasData) {
      throw ImageBytes.undecodable("PNG without a picture");
    }
    return new ImageHeader(Format.PNG, (int) width, (int) height);
  }
}
