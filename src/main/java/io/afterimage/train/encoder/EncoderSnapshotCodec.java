package io.afterimage.train.encoder;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Encoder snapshots as bytes: plain numbers and names, never code.
 *
 * <p>Version 1, big-endian; a string is its length in bytes (2 bytes) and its UTF-8 form:
 *
 * <pre>
 *   magic "AFIM" (4 bytes), version (4), step (8)
 *   architecture (string), width, depth, embedding size (4 each), normalization (string), frame size (4)
 *   preprocessing (string)
 *   parameters (4), then for each: name (string), values (4), IEEE 754 single precision (4 each)
 *   CRC-32C of all bytes before (4)
 * </pre>
 */
public final class EncoderSnapshotCodec {
  /** The version that is written. */
  public static final int VERSION = 1;

  private static final int MAGIC = 0x4146494d;

  /** Red-green-blue, row-major, each unsigned byte divided by 255. */
  public static final String PREPROCESSING = "rgb/255";

  private EncoderSnapshotCodec() {}

  /** A snapshot as bytes. */
  public static byte[] encode(EncoderSnapshot snapshot) {
    try {
      return write(snapshot);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  private static byte[] write(EncoderSnapshot snapshot) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size(snapshot));
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeLong(snapshot.step());
    EncoderSettings settings = snapshot.settings();
    writeString(settings.architecture(), out);
    out.writeInt(settings.width());
    out.writeInt(settings.depth());
    out.writeInt(settings.embeddingSize());
    writeString(settings.normalization().name(), out);
    out.writeInt(settings.frameSize());
    writeString(PREPROCESSING, out);
    out.writeInt(snapshot.parameters().size());
    for (Map.Entry<String, float[]> parameter : snapshot.parameters().entrySet()) {
      writeString(parameter.getKey(), out);
      float[] values = parameter.getValue();
      out.writeInt(values.length);
      ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
      buffer.asFloatBuffer().put(values);
      out.write(buffer.array());
    }
    out.flush();
    out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  /**
   * A snapshot from bytes.
   *
   * @throws IOException if the bytes are not a snapshot, of an unknown version, damaged, or
   *     inconsistent
   */
  public static EncoderSnapshot decode(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return read(in, bytes);
    } catch (BufferUnderflowException e) {
      throw new IOException("the snapshot ends early, after %d bytes".formatted(bytes.length), e);
    } catch (IllegalArgumentException e) {
      throw new IOException("the snapshot is not valid: " + e.getMessage(), e);
    }
  }

  private static EncoderSnapshot read(ByteBuffer in, byte[] bytes) throws IOException {
    int magic = in.getInt();
    if (magic != MAGIC) {
      throw new IOException(
          "an encoder snapshot starts with AFIM, but this starts with %08x".formatted(magic));
    }
    int version = in.getInt();
    if (version != VERSION) {
      throw new IOException(
          "the snapshot has version %d, but only version %d is known".formatted(version, VERSION));
    }
    int end = bytes.length - Integer.BYTES;
    if (end < in.position() || in.getInt(end) != checksum(bytes, end)) {
      throw new IOException("the snapshot is damaged: its checksum does not match its content");
    }
    in.limit(end);
    long step = in.getLong();
    EncoderSettings settings =
        new EncoderSettings(
            readString(in),
            in.getInt(),
            in.getInt(),
            in.getInt(),
            Normalization.valueOf(readString(in)),
            in.getInt());
    String preprocessing = readString(in);
    if (!preprocessing.equals(PREPROCESSING)) {
      throw new IOException(
          "the snapshot requires frames preprocessed as %s, but only %s is known"
              .formatted(preprocessing, PREPROCESSING));
    }
    int count = in.getInt();
    Map<String, float[]> parameters = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = readString(in);
      int length = in.getInt();
      if (length < 0 || length > in.remaining() / Float.BYTES) {
        throw new IOException("the parameter %s cannot have %d values".formatted(name, length));
      }
      float[] values = new float[length];
      in.asFloatBuffer().get(values);
      in.position(in.position() + length * Float.BYTES);
      parameters.put(name, values);
    }
    if (in.hasRemaining()) {
      throw new IOException("%d bytes follow the last parameter".formatted(in.remaining()));
    }
    return new EncoderSnapshot(step, settings, parameters);
  }

  private static int size(EncoderSnapshot snapshot) {
    int size = 256;
    for (Map.Entry<String, float[]> parameter : snapshot.parameters().entrySet()) {
      size += 64 + parameter.getKey().length() + parameter.getValue().length * Float.BYTES;
    }
    return size;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  private static void writeString(String value, DataOutputStream out) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private static String readString(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort() & 0xffff];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
