package io.afterimage.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id of the encoder that computed an embedding: the first 8 bytes of the SHA-256 of the
 * encoder's snapshot file, big-endian. Two encoders never share an id, even if a restored job
 * repeats a step with other frames. The id of a stored snapshot is the first 16 digits that {@code
 * sha256sum} prints.
 */
public final class EncoderId {
  private EncoderId() {}

  /**
   * The id of an encoder.
   *
   * @param snapshot its snapshot as bytes
   */
  public static long of(byte[] snapshot) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(snapshot)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The id as 16 hexadecimal digits. */
  public static String hex(long encoderId) {
    return HexFormat.of().toHexDigits(encoderId);
  }

  /**
   * Parses the text of {@link #hex}.
   *
   * @throws IllegalArgumentException if it is not 16 hexadecimal digits
   */
  public static long parse(String hex) {
    if (!hex.matches("[0-9a-fA-F]{16}")) {
      throw new IllegalArgumentException(
          "an encoder id must be 16 hexadecimal digits, but was '%s'".formatted(hex));
    }
    return Long.parseUnsignedLong(hex, 16);
  }
}
