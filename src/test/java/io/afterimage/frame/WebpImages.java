package io.afterimage.frame;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** WebP files for tests, put together chunk by chunk (RFC 9649). */
final class WebpImages {
  static final int ANIMATED = 0x02;
  static final int WITH_EXIF = 0x08;

  private WebpImages() {}

  /** A picture of one color, (200, 100, 50). */
  static byte[] plain(int width, int height) {
    try (Scalar bgr = new Scalar(50, 100, 200, 0);
        Mat picture = new Mat(height, width, CV_8UC3, bgr)) {
      return encoded(picture);
    }
  }

  static byte[] encoded(Mat picture) {
    try (BytePointer out = new BytePointer()) {
      imencode(".webp", picture, out);
      byte[] bytes = new byte[(int) out.limit()];
      out.get(bytes);
      return bytes;
    }
  }

  /** A plain file's picture behind a VP8X header, and chunks after it. */
  static byte[] extended(byte[] plain, int features, int width, int height, byte[]... chunks) {
    ByteBuffer header = little(10).putInt(features);
    put24(header, width - 1);
    put24(header, height - 1);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(chunk("VP8X", header.array()));
    body.write(plain, 12, plain.length - 12);
    for (byte[] chunk : chunks) {
      body.writeBytes(chunk);
    }
    return riff(body.toByteArray());
  }

  /** An EXIF chunk with nothing but an orientation, 1 to 8. */
  static byte[] exif(int orientation) {
    return chunk(
        "EXIF",
        little(26)
            .put("II*\0".getBytes(StandardCharsets.ISO_8859_1))
            .putInt(8)
            .putShort((short) 1)
            .putShort((short) 0x112)
            .putShort((short) 3)
            .putInt(1)
            .putInt(orientation)
            .array());
  }

  /** A lossless picture of which there is only the header. */
  static byte[] losslessHeader(int width, int height) {
    BitWriter bits = new BitWriter();
    losslessHeader(bits, width, height);
    return riff(chunk("VP8L", bits.bytes(40)));
  }

  /**
   * A lossless picture with the Huffman codes of CVE-2023-4863. libwebp before 1.3.2 took room for
   * the largest tables that complete codes can have, 654 + 3 * 630 + 410 entries, and filled the
   * tables before it looked whether the code is complete. Four codes here are complete and fill
   * theirs; that of the distances is incomplete and has 536 entries, 126 beyond the room.
   */
  static byte[] overflowingHuffmanTables(int width, int height) {
    int[] green = {0, 1, 1, 0, 0, 0, 0, 0, 0, 79, 57, 57, 17, 65, 1, 2};
    int[] color = {0, 1, 1, 0, 0, 0, 0, 0, 0, 71, 89, 25, 33, 33, 1, 2};
    int[] distance = {0, 1, 0, 0, 1, 0, 0, 0, 2, 9, 9, 6, 7, 1, 1, 3};
    BitWriter bits = new BitWriter();
    losslessHeader(bits, width, height);
    bits.write(0, 1); // no transform
    bits.write(0, 1); // no color cache
    bits.write(0, 1); // one group of codes
    for (int[] lengths : new int[][] {green, color, color, color, distance}) {
      huffmanCode(bits, lengths);
    }
    return riff(chunk("VP8L", bits.bytes(4_000)));
  }

  private static void losslessHeader(BitWriter bits, int width, int height) {
    bits.write(0x2f, 8);
    bits.write(width - 1, 14);
    bits.write(height - 1, 14);
    bits.write(0, 4); // no alpha, version 0
  }

  /**
   * @param counts how many symbols have a code of each length, 0 to 15
   */
  private static void huffmanCode(BitWriter bits, int[] counts) {
    bits.write(0, 1); // not one of the simple codes
    bits.write(15, 4); // all 19 code lengths: 17 and 18, 0 to 5, 16, and 6 to 15
    for (int i = 0; i < 19; i++) {
      bits.write(i == 0 || i == 1 || i == 8 ? 0 : 4, 3);
    }
    bits.write(0, 1); // a length for every symbol
    for (int length = 1; length < counts.length; length++) {
      for (int i = 0; i < counts[length]; i++) {
        bits.write(Integer.reverse(length) >>> 28, 4);
      }
    }
  }

  private static byte[] riff(byte[] body) {
    return little(12 + body.length)
        .put(ascii("RIFF"))
        .putInt(4 + body.length)
        .put(ascii("WEBP"))
        .put(body)
        .array();
  }

  static byte[] chunk(String name, byte[] content) {
    return little(8 + content.length + (content.length & 1))
        .put(ascii(name))
        .putInt(content.length)
        .put(content)
        .array();
  }

  private static void put24(ByteBuffer buffer, int value) {
    buffer.putShort((short) value).put((byte) (value >> 16));
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Bits from the least significant of each byte on. */
  private static final class BitWriter {
    private final BitSet bits = new BitSet();
    private int size;

    void write(int value, int count) {
      for (int i = 0; i < count; i++) {
        bits.set(size++, (value >> i & 1) != 0);
      }
    }

    /** The bytes written, with zeros up to a length. */
    byte[] bytes(int length) {
      return Arrays.copyOf(bits.toByteArray(), length);
    }
  }
}
