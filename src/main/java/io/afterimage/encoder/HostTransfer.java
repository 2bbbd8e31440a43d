package io.afterimage.encoder;

import java.nio.DoubleBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Java arrays to ND4J arrays and back, whole arrays at a time, into memory that is there already.
 *
 * <p>The ND4J arrays must be row-major and not views with gaps.
 */
public final class HostTransfer {
  private HostTransfer() {}

  public static void upload(byte[] from, INDArray to) {
    requireLength(from.length, to);
    to.data().asNio().put(from);
    Nd4j.getAffinityManager().tagLocation(to, AffinityManager.Location.HOST);
  }

  public static void upload(float[] from, INDArray to) {
    requireLength(from.length, to);
    if (to.dataType() == DataType.DOUBLE) {
      DoubleBuffer values = to.data().asNioDouble();
      for (float value : from) {
        values.put(value);
      }
    } else {
      to.data().asNioFloat().put(from);
    }
    Nd4j.getAffinityManager().tagLocation(to, AffinityManager.Location.HOST);
  }

  public static void download(INDArray from, float[] to) {
    requireLength(to.length, from);
    Nd4j.getExecutioner().commit();
    Nd4j.getAffinityManager().ensureLocation(from, AffinityManager.Location.HOST);
    if (from.dataType() == DataType.DOUBLE) {
      DoubleBuffer values = from.data().asNioDouble();
      for (int i = 0; i < to.length; i++) {
        to[i] = (float) values.get();
      }
    } else {
      from.data().asNioFloat().get(to);
    }
  }

  private static void requireLength(int given, INDArray array) {
    if (given != array.length()) {
      throw new IllegalArgumentException(
          "an array of %d values was expected, but had %d".formatted(array.length(), given));
    }
  }
}
