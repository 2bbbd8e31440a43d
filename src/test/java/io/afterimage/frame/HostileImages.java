package io.afterimage.frame;

import static io.afterimage.frame.RejectionReason.TOO_LARGE;
import static io.afterimage.frame.RejectionReason.UNDECODABLE;
import static io.afterimage.frame.RejectionReason.UNSUPPORTED_FORMAT;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/** Pictures that are broken, or made to break what reads them. */
public final class HostileImages {
  private static final byte[] JPEG = TestImages.jpeg(TestImages.gradient(64, 48));
  private static final byte[] PNG = TestImages.png(TestImages.gradient(64, 48));
  private static final byte[] WEBP = WebpImages.plain(64, 48);

  private HostileImages() {}

  /**
   * @param reason why it must be rejected; null if it may be decoded or rejected
   */
  public record Hostile(String name, byte[] image, @Nullable RejectionReason reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  public static List<Hostile> all() {
    return List.of(
        // Cut off
        new Hostile("jpeg-half", half(JPEG), UNDECODABLE),
        new Hostile("png-half", half(PNG), UNDECODABLE),
        new Hostile("webp-half", half(WEBP), UNDECODABLE),
        new Hostile("jpeg-signature", Arrays.copyOf(JPEG, 2), UNDECODABLE),
        new Hostile("png-signature", Arrays.copyOf(PNG, 8), UNDECODABLE),
        new Hostile("webp-signature", Arrays.copyOf(WEBP, 12), UNDECODABLE),
        // More pixels than there is memory for
        new Hostile("jpeg-65500", TestImages.withJpegDimensions(JPEG, 65_500, 65_500), TOO_LARGE),
        new Hostile("png-2-billion", png(Integer.MAX_VALUE, Integer.MAX_VALUE, 8, 2), TOO_LARGE),
        new Hostile("png-4-billion", png(-1, -1, 8, 2), UNDECODABLE),
        new Hostile("webp-16384", WebpImages.losslessHeader(16_384, 16_384), TOO_LARGE),
        new Hostile("png-36-megapixels-of-nothing", png(6_000, 6_000, 8, 2), null),
        new Hostile("jpeg-30-megapixels-of-nothing", jpegOf(6_000, 5_000), null),
        // Compressed data that expand to more than the header says
        new Hostile("png-idat-bomb", png(64, 48, 8, 2, chunk("IDAT", zeros(64 << 20))), null),
        new Hostile("png-ztxt-bomb", withChunk(PNG, chunk("zTXt", text(zeros(64 << 20)))), null),
        // No size
        new Hostile("jpeg-zero", TestImages.withJpegDimensions(JPEG, 0, 0), UNDECODABLE),
        new Hostile("png-zero", png(0, 48, 8, 2), UNDECODABLE),
        new Hostile("webp-riff-size-0", replaced(WEBP, 4, 0, 0, 0, 0), UNDECODABLE),
        new Hostile("webp-riff-4-gb", replaced(WEBP, 4, 0xff, 0xff, 0xff, 0xff), UNDECODABLE),
        // Headers that are not true
        new Hostile("png-bad-checksum", replaced(PNG, PNG.length - 20, 1, 2, 3), UNDECODABLE),
        new Hostile("png-depth-7", png(64, 48, 7, 2), UNDECODABLE),
        new Hostile("png-color-type-5", png(64, 48, 8, 5), UNDECODABLE),
        new Hostile("png-palette-missing", png(64, 48, 8, 3), null),
        new Hostile("png-signature-before-jpeg", joined(Arrays.copyOf(PNG, 8), JPEG), UNDECODABLE),
        new Hostile("jpeg-signature-before-png", joined(Arrays.copyOf(JPEG, 2), PNG), UNDECODABLE),
        new Hostile("jpeg-other-size", TestImages.withJpegDimensions(JPEG, 4_000, 30), null),
        new Hostile("jpeg-without-tables", withoutTables(), null),
        new Hostile("jpeg-exif-out-of-bounds", withBrokenExif(), null),
        new Hostile(
            "webp-canvas-small",
            WebpImages.extended(WebpImages.losslessHeader(16_384, 16_384), 0, 64, 48),
            UNDECODABLE),
        new Hostile(
            "webp-canvas-large", WebpImages.extended(WEBP, 0, 1 << 24, 1 << 24), UNDECODABLE),
        new Hostile("webp-of-nothing", WebpImages.losslessHeader(64, 48), null),
        new Hostile("webp-cve-2023-4863", WebpImages.overflowingHuffmanTables(64, 48), UNDECODABLE),
        // Not decoded at all
        new Hostile(
            "webp-animated",
            WebpImages.extended(WEBP, WebpImages.ANIMATED, 64, 48),
            UNSUPPORTED_FORMAT),
        new Hostile("png-animated", withChunk(PNG, chunk("acTL", new byte[8])), UNSUPPORTED_FORMAT),
        new Hostile("jpeg-lossless", jpegOfProcess(0xc3, 8), UNSUPPORTED_FORMAT),
        new Hostile("jpeg-arithmetic", jpegOfProcess(0xc9, 8), UNSUPPORTED_FORMAT),
        new Hostile("jpeg-12-bits", jpegOfProcess(0xc1, 12), UNSUPPORTED_FORMAT),
        new Hostile("jpeg-0-bits", jpegOfProcess(0xc0, 0), UNSUPPORTED_FORMAT));
  }

  private static byte[] half(byte[] image) {
    return Arrays.copyOf(image, image.length / 2);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static byte[] replaced(byte[] image, int at, int... values) {
    byte[] changed = image.clone();
    for (int i = 0; i < values.length; i++) {
      changed[at + i] = (byte) values[i];
    }
    return changed;
  }

  /** A baseline JPEG of this size whose scan ends after the gradient's few blocks. */
  private static byte[] jpegOf(int width, int height) {
    return TestImages.withJpegDimensions(JPEG, width, height);
  }

  private static byte[] jpegOfProcess(int marker, int precision) {
    int at = indexOf(JPEG, 0xc0);
    return replaced(JPEG, at, 0xff, marker, 0, 17, precision);
  }

  /** The JPEG without its tables of Huffman codes and quantization. */
  private static byte[] withoutTables() {
    byte[] changed = JPEG.clone();
    for (int table : new int[] {0xc4, 0xdb}) {
      for (int at = 0; at + 1 < changed.length; at++) {
        if ((changed[at] & 0xff) == 0xff && (changed[at + 1] & 0xff) == table) {
          changed[at + 1] = (byte) 0xfe; // a comment
        }
      }
    }
    return changed;
  }

  /** An orientation whose directory has 65,535 entries and lies beyond the file. */
  private static byte[] withBrokenExif() {
    byte[] exif = HexFormat.of().parseHex("457869660000" + "4d4d002affffffff" + "ffff0112");
    byte[] segment = {(byte) 0xff, (byte) 0xe1, 0, (byte) (exif.length + 2)};
    return joined(Arrays.copyOf(JPEG, 2), segment, exif, Arrays.copyOfRange(JPEG, 2, JPEG.length));
  }

  private static int indexOf(byte[] jpeg, int marker) {
    for (int at = 0; at + 1 < jpeg.length; at++) {
      if ((jpeg[at] & 0xff) == 0xff && (jpeg[at + 1] & 0xff) == marker) {
        return at;
      }
    }
    throw new IllegalArgumentException("no such marker");
  }

  private static byte[] png(int width, int height, int depth, int colorType) {
    return png(width, height, depth, colorType, chunk("IDAT", zeros(100)));
  }

  private static byte[] png(int width, int height, int depth, int colorType, byte[] data) {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) depth)
            .put((byte) colorType)
            .array();
    return joined(Arrays.copyOf(PNG, 8), chunk("IHDR", header), data, chunk("IEND", new byte[0]));
  }

  /** The PNG with a chunk after its header. */
  private static byte[] withChunk(byte[] png, byte[] chunk) {
    int afterHeader = 8 + 12 + 13;
    return joined(
        Arrays.copyOf(png, afterHeader), chunk, Arrays.copyOfRange(png, afterHeader, png.length));
  }

  private static byte[] chunk(String name, byte[] content) {
    byte[] named = joined(name.getBytes(StandardCharsets.US_ASCII), content);
    CRC32 crc = new CRC32();
    crc.update(named);
    return ByteBuffer.allocate(8 + named.length)
        .putInt(content.length)
        .put(named)
        .putInt((int) crc.getValue())
        .array();
  }

  /** A keyword, a method, and compressed text. */
  private static byte[] text(byte[] compressed) {
    return joined(new byte[] {'a', 0, 0}, compressed);
  }

  private static byte[] zeros(int count) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION))) {
      byte[] block = new byte[Math.min(count, 1 << 16)];
      for (int i = 0; i < count; i += block.length) {
        out.write(block);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
