package io.afterimage.frame;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The bytes of an encoded image under a cursor; reading past the end says "truncated". */
final class ImageBytes {
  private final byte[] bytes;
  private int position;

  ImageBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  static FrameRejectedException undecodable(String detail) {
    return new FrameRejectedException(RejectionReason.UNDECODABLE, detail);
  }

  static FrameRejectedException unsupported(String detail) {
    return new FrameRejectedException(RejectionReason.UNSUPPORTED_FORMAT, detail);
  }

  int position() {
    return position;
  }

  /** The unsigned byte under the cursor, which moves on. */
  int u8() throws FrameRejectedException {
    if (position >= bytes.length) {
      throw undecodable("truncated after %d bytes".formatted(bytes.length));
    }
    return bytes[position++] & 0xff;
  }

  int u16BigEndian() throws FrameRejectedException {
    return u8() << 8 | u8();
  }

  int u16LittleEndian() throws FrameRejectedException {
    return u8() | u8() << 8;
  }

  int u24LittleEndian() throws FrameRejectedException {
    return u16LittleEndian() | u8() << 16;
  }

  long u32BigEndian() throws FrameRejectedException {
    return (long) u16BigEndian() << 16 | u16BigEndian();
  }

  long u32LittleEndian() throws FrameRejectedException {
    return u16LittleEndian() | (long) u16LittleEndian() << 16;
  }

  /** Four characters, as PNG and RIFF name their chunks. */
  String fourCharacters() throws FrameRejectedException {
    skip(4);
    return new String(bytes, position - 4, 4, StandardCharsets.ISO_8859_1);
  }

  void skip(long count) throws FrameRejectedException {
    if (count > bytes.length - position) {
      throw undecodable(
          "truncated after %d bytes: %d more are declared"
              .formatted(bytes.length, count - (bytes.length - position)));
    }
    position += (int) count;
  }

  /** The checksum of the bytes read since a position. */
  long crc32Since(int begin) {
    CRC32 crc = new CRC32();
    crc.update(bytes, begin, position - begin);
    return crc.getValue();
  }

  /** Moves to the next byte of the given value, and past it. */
  void skipPast(int value) throws FrameRejectedException {
    byte sought = (byte) value;
    while (position < bytes.length) {
      if (bytes[position++] == sought) {
        return;
      }
    }
    throw undecodable("truncated after %d bytes".formatted(bytes.length));
  }
}
