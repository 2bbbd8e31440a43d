package io.afterimage.train.optimize;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Serialization of float arrays: the length, then IEEE 754 values, big-endian. */
public final class FloatArrays {
  private FloatArrays() {}

  public static void write(float[] values, DataOutput out) throws IOException {
    out.writeInt(values.length);
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    out.write(bytes.array());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if another number of values was written, or the bytes end early
   */
  public static float[] read(DataInput in, int expectedLength) throws IOException {
    int length = in.readInt();
    if (length != expectedLength) {
      throw new IOException(
          "an array of %d values was expected, but %d were stored"
              .formatted(expectedLength, length));
    }
    byte[] bytes = new byte[Math.multiplyExact(length, Float.BYTES)];
    in.readFully(bytes);
    float[] values = new float[length];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }
}
