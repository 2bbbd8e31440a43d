package io.afterimage.train.loss;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The native arrays of one loss: allocated once, copied to the host, freed together. */
final class LossBuffers implements AutoCloseable {
  private final DataType type;
  private final List<INDArray> owned = new ArrayList<>();

  LossBuffers(DataType type) {
    this.type = type;
  }

  /** A new array of zeros, row-major. */
  INDArray zeros(long... shape) {
    INDArray array = Nd4j.create(type, shape, 'c');
    owned.add(array);
    return array;
  }

  /** A new array of ones, row-major. */
  INDArray ones(long... shape) {
    return zeros(shape).addi(1);
  }

  /** Copies the first values of an array. */
  void read(INDArray from, double[] to) {
    if (type == DataType.DOUBLE) {
      from.data().asNioDouble().get(0, to);
      return;
    }
    FloatBuffer values = from.data().asNioFloat();
    for (int i = 0; i < to.length; i++) {
      to[i] = values.get(i);
    }
  }

  /** Copies values of an array from one place to another. */
  @FunctionalInterface
  interface FloatReader {
    void read(int from, float[] to, int at, int count);
  }

  /** Reads parts of an array. */
  FloatReader floats(INDArray array) {
    if (type == DataType.FLOAT) {
      return array.data().asNioFloat()::get;
    }
    DoubleBuffer values = array.data().asNioDouble();
    return (from, to, at, count) -> {
      for (int i = 0; i < count; i++) {
        to[at + i] = (float) values.get(from + i);
      }
    };
  }

  @Override
  public void close() {
    owned.forEach(INDArray::close);
  }
}
