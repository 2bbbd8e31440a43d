package io.afterimage.train.encoder;

import java.nio.DoubleBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies between Java arrays and allocated ND4J arrays, whole arrays at a time.
 *
 * <p>The ND4J arrays must be row-major and contiguous.
 */
public final class HostTransfer {
  private HostTransfer() {}

  /** Copies as many values as the array has, from an offset on. */
  static void upload(byte[] from, int offset, INDArray to) {
    to.data().asNio().put(from, offset, Math.toIntExact(to.length()));
    Nd4j.getAffinityManager().tagLocation(to, AffinityManager.Location.HOST);
  }

  public static void upload(float[] from, INDArray to) {
    requireLength(from.length, to);
    upload(from, 0, to);
  }

  /** Copies as many values as the array has, from an offset on. */
  static void upload(float[] from, int offset, INDArray to) {
    int length = Math.toIntExact(to.length());
    if (to.dataType() == DataType.DOUBLE) {
      DoubleBuffer values = to.data().asNioDouble();
      for (int i = 0; i < length; i++) {
        values.put(from[offset + i]);
      }
    } else {
      to.data().asNioFloat().put(from, offset, length);
    }
    Nd4j.getAffinityManager().tagLocation(to, AffinityManager.Location.HOST);
  }

  public static void download(INDArray from, float[] to) {
    requireLength(to.length, from);
    download(from, to, 0);
  }

  /** Copies the array's values to an offset. */
  static void download(INDArray from, float[] to, int offset) {
    int length = Math.toIntExact(from.length());
    Nd4j.getExecutioner().commit();
    Nd4j.getAffinityManager().ensureLocation(from, AffinityManager.Location.HOST);
    if (from.dataType() == DataType.DOUBLE) {
      DoubleBuffer values = from.data().asNioDouble();
      for (int i = 0; i < length; i++) {
        to[offset + i] = (float) values.get();
      }
    } else {
      from.data().asNioFloat().get(to, offset, length);
    }
  }

  private static void requireLength(int given, INDArray array) {
    if (given != array.length()) {
      throw new IllegalArgumentException(
          "an array of %d values was expected, but had %d".formatted(array.length(), given));
    }
  }
}
