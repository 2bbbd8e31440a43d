package io.afterimage.frame;

/**
 * A JPEG's markers from SOI to EOI (ITU-T T.81, annex B).
 *
 * <p>Stricter than libjpeg, which skips garbage between segments, to make sure that both read the
 * same frame header. Bytes after EOI are ignored.
 */
final class JpegStructure {
  /**
   * Most scans of a progressive image. Every scan runs over the whole picture, so a small file of
   * thousands of them would decode for minutes. Encoders write about ten.
   */
  static final int MAX_SCANS = 64;

  private static final int TEM = 0x01;
  private static final int SOF0 = 0xc0;
  private static final int SOF2 = 0xc2;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int SOF15 = 0xcf;
  private static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;

  private JpegStructure() {}

  static ImageHeader read(ImageBytes bytes) throws FrameRejectedException {
    bytes.skip(2); // SOI
    int width = 0;
    int height = 0;
    int scans = 0;
    int marker = nextMarker(bytes);
    while (marker != EOI) {
      if (marker == SOI || marker == 0) {
        throw ImageBytes.undecodable(
            "JPEG marker %02x out of place at byte %d".formatted(marker, bytes.position()));
      }
      if (isStandalone(marker)) {
        marker = nextMarker(bytes);
        continue;
      }
      int length = bytes.u16BigEndian() - 2;
      if (length < 0) {
        throw ImageBytes.undecodable("JPEG segment of negative length at byte " + bytes.position());
      }
      if (isFrameHeader(marker)) {
        if (width != 0) {
          throw ImageBytes.undecodable("JPEG of more than one frame");
        }
        int begin = bytes.position();
        int precision = bytes.u8();
        if (precision != 8 || !isDecoded(marker)) {
          throw ImageBytes.unsupported(
              "JPEG of process %d with %d bits, accepted are 0, 1 and 2 (baseline, extended and"
                      .formatted(marker - SOF0, precision)
                  + " progressive) with 8");
        }
        height = bytes.u16BigEndian();
        width = bytes.u16BigEndian();
        if (width == 0 || height == 0) {
          throw ImageBytes.undecodable("JPEG of %d x %d pixels".formatted(width, height));
        }
        length -= bytes.position() - begin;
        if (length < 0) {
          throw ImageBytes.undecodable("JPEG frame header too short");
        }
      }
      bytes.skip(length);
      if (marker == SOS) {
        if (++scans > MAX_SCANS) {
          throw ImageBytes.undecodable("JPEG of more than %d scans".formatted(MAX_SCANS));
        }
        marker = markerAfterScan(bytes);
      } else {
        marker = nextMarker(bytes);
      }
    }
    if (width == 0 || scans == 0) {
      throw ImageBytes.undecodable("JPEG without a picture");
    }
    return new ImageHeader(ImageFormat.JPEG, width, height);
  }

  /** Baseline, extended and progressive DCT, Huffman coded; no camera sends the others. */
  private static boolean isDecoded(int marker) {
    return marker >= SOF0 && marker <= SOF2;
  }

  private static boolean isStandalone(int marker) {
    return marker == TEM || marker >= RST0 && marker <= RST7;
  }

  private static boolean isFrameHeader(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  private static int nextMarker(ImageBytes bytes) throws FrameRejectedException {
    if (bytes.u8() != 0xff) {
      throw ImageBytes.undecodable("JPEG marker missing at byte " + (bytes.position() - 1));
    }
    return markerAfterFill(bytes);
  }

  /** Skips a scan's compressed data, in which 0xff stands only before 0x00 or a restart. */
  private static int markerAfterScan(ImageBytes bytes) throws FrameRejectedException {
    while (true) {
      bytes.skipPast(0xff);
      int marker = markerAfterFill(bytes);
      if (marker != 0 && !isStandalone(marker)) {
        return marker;
      }
    }
  }

  private static int markerAfterFill(ImageBytes bytes) throws FrameRejectedException {
    int marker = bytes.u8();
    while (marker == 0xff) {
      marker = bytes.u8();
    }
    return marker;
  }
}
