package io.afterimage.page;

import io.afterimage.wire.EncoderId;
import io.afterimage.wire.FrameEmbedding;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Frames of one encoder in the form that the map needs. The vectors are rounded to bytes, which is
 * precise enough for a two-dimensional projection.
 *
 * @param encoder the encoder's id in hexadecimal digits
 * @param step the last step that it learned from
 * @param cameras the cameras' ids
 * @param camera {@code (N)} each frame's camera, as a number in {@code cameras}
 * @param millis {@code (N)} capture times (milliseconds since 1970, UTC)
 * @param partition {@code (N)} partition of each frame
 * @param offset {@code (N)} offset of each frame
 * @param objectClass {@code (N)} class of each frame, null where it is unknown
 * @param dimension D
 * @param vectors {@code (N, D)} row-major, signed bytes in Base64, of any common length
 */
record EmbeddingMap(
    String encoder,
    long step,
    List<String> cameras,
    int[] camera,
    long[] millis,
    int[] partition,
    long[] offset,
    @Nullable Integer[] objectClass,
    int dimension,
    String vectors) {

  /**
   * @param frames at least one, all of one encoder
   */
  static EmbeddingMap of(List<FrameEmbedding> frames, RunKnowledge knowledge) {
    int count = frames.size();
    int dimension = frames.get(0).vector().length;
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int[] camera = new int[count];
    long[] millis = new long[count];
    int[] partition = new int[count];
    long[] offset = new long[count];
    @Nullable Integer[] objectClass = new Integer[count];
    byte[] vectors = new byte[count * dimension];
    for (int i = 0; i < count; i++) {
      FrameEmbedding frame = frames.get(i);
      Integer number = numbers.get(frame.camera());
      if (number == null) {
        number = numbers.size();
        numbers.put(frame.camera(), number);
      }
      camera[i] = number;
      millis[i] = frame.captureMillis();
      partition[i] = frame.partition();
      offset[i] = frame.offset();
      OptionalInt known = knowledge.objectClass(frame.camera(), frame.captureMillis());
      objectClass[i] = known.isPresent() ? known.getAsInt() : null;
      round(frame.vector(), vectors, i * dimension);
    }
    return new EmbeddingMap(
        EncoderId.hex(frames.get(0).encoderId()),
        frames.get(0).step(),
        new ArrayList<>(numbers.keySet()),
        camera,
        millis,
        partition,
        offset,
        objectClass,
        dimension,
        Base64.getEncoder().encodeToString(vectors));
  }

  private static void round(float[] vector, byte[] to, int at) {
    float largest = Float.MIN_NORMAL;
    for (float number : vector) {
      largest = Math.max(largest, Math.abs(number));
    }
    for (int i = 0; i < vector.length; i++) {
      to[at + i] = (byte) Math.round(Byte.MAX_VALUE * vector[i] / largest);
    }
  }
}
