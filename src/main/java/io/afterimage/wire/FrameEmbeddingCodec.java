package io.afterimage.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings as records of the topic {@code embeddings}. The key is the camera's id in UTF-8, the
 * record's timestamp the capture time.
 *
 * <p>The value, version 1, little-endian and without padding:
 *
 * <pre>
 *   at  0  version, 1     (int8)
 *       1  capture time   (int64, milliseconds since 1970, UTC)
 *       9  encoder id     (int64)
 *      17  step           (int64)
 *      25  partition      (int32)
 *      29  offset         (int64)
 *      37  D              (int32)
 *      41  vector         (D float32)
 * </pre>
 *
 * <p>{@link #decode} also takes the JSON form, see {@link FrameEmbeddingJson}: JSON starts with a
 * brace, so a reader need not know which form a topic holds.
 */
public final class FrameEmbeddingCodec {
  /** The version that is written. */
  public static final byte VERSION = 1;

  private static final int HEADER = 41;

  private FrameEmbeddingCodec() {}

  /** The key of an embedding's record: the camera's id in UTF-8. */
  public static byte[] key(FrameEmbedding embedding) {
    return embedding.camera().getBytes(StandardCharsets.UTF_8);
  }

  /** The binary value of an embedding's record. */
  public static byte[] encode(FrameEmbedding embedding) {
    float[] vector = embedding.vector();
    ByteBuffer out =
        ByteBuffer.allocate(Math.addExact(HEADER, Math.multiplyExact(vector.length, Float.BYTES)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(VERSION)
            .putLong(embedding.captureMillis())
            .putLong(embedding.encoderId())
            .putLong(embedding.step())
            .putInt(embedding.partition())
            .putLong(embedding.offset())
            .putInt(vector.length);
    out.asFloatBuffer().put(vector);
    return out.array();
  }

  /**
   * An embedding from its record, in either form.
   *
   * @param key the record's key, null if it had none
   * @param value the record's value, null if it had none
   * @throws IOException if the record is not an embedding, of an unknown version, or damaged
   */
  public static FrameEmbedding decode(byte @Nullable [] key, byte @Nullable [] value)
      throws IOException {
    String camera = camera(key);
    if (value == null || value.length == 0) {
      throw new IOException("an embedding of camera %s has no value".formatted(camera));
    }
    try {
      return value[0] == '{' ? decodeJson(camera, value) : decodeBinary(camera, value);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "an embedding of camera %s is not valid: %s".formatted(camera, e.getMessage()), e);
    }
  }

  private static String camera(byte @Nullable [] key) throws IOException {
    if (key == null) {
      throw new IOException("an embedding's key must be its camera's id, but there is none");
    }
    try {
      String camera = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
      if (camera.isBlank()) {
        throw new IOException("an embedding's key must be its camera's id, but is blank");
      }
      return camera;
    } catch (CharacterCodingException e) {
      throw new IOException("an embedding's key must be its camera's id, but is not UTF-8 text", e);
    }
  }

  private static FrameEmbedding decodeJson(String camera, byte[] value) throws IOException {
    FrameEmbedding embedding = FrameEmbeddingJson.decode(value);
    if (!embedding.camera().equals(camera)) {
      throw new IOException(
          "an embedding has the key %s, but its camera is %s"
              .formatted(camera, embedding.camera()));
    }
    return embedding;
  }

  private static FrameEmbedding decodeBinary(String camera, byte[] value) throws IOException {
    if (value[0] != VERSION) {
      throw new IOException(
          "an embedding of camera %s has format version %d, but only version %d is known"
              .formatted(camera, value[0] & 0xff, VERSION));
    }
    if (value.length < HEADER) {
      throw new IOException(
          "an embedding of camera %s ends early: %d bytes, of which the first %d are the header"
              .formatted(camera, value.length, HEADER));
    }
    ByteBuffer in = ByteBuffer.wrap(value, 1, value.length - 1).order(ByteOrder.LITTLE_ENDIAN);
    long captureMillis = in.getLong();
    long encoderId = in.getLong();
    long step = in.getLong();
    int partition = in.getInt();
    long offset = in.getLong();
    int length = in.getInt();
    if (length < 1 || (long) length * Float.BYTES != in.remaining()) {
      throw new IOException(
          "an embedding of camera %s declares %d numbers, but %d bytes follow its header"
              .formatted(camera, length, in.remaining()));
    }
    float[] vector = new float[length];
    in.asFloatBuffer().get(vector);
    return new FrameEmbedding(camera, captureMillis, encoderId, step, partition, offset, vector);
  }
}
