package io.afterimage.train.encoder;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The arrays of one encoder: allocated once, freed together. */
final class Buffers implements AutoCloseable {
  private final DataType type;
  private final boolean training;
  private final List<INDArray> arrays = new ArrayList<>();

  Buffers(DataType type, boolean training) {
    this.type = type;
    this.training = training;
  }

  /** Whether gradients are needed. */
  boolean training() {
    return training;
  }

  /** A new array of zeros, row-major. */
  INDArray array(long... shape) {
    return array(type, shape);
  }

  INDArray array(DataType type, long... shape) {
    INDArray array = Nd4j.create(type, shape);
    arrays.add(array);
    return array;
  }

  /** A shape as an array, for operations that take it in this form. */
  INDArray shape(long... shape) {
    INDArray array = Nd4j.createFromArray(shape);
    arrays.add(array);
    return array;
  }

  /** A new array of one value. */
  INDArray filled(double value, long... shape) {
    INDArray array = array(shape);
    array.assign(value);
    return array;
  }

  Tensor tensor(long... shape) {
    return new Tensor(array(shape), training ? array(shape) : null);
  }

  /** A tensor over another one's memory. */
  static Tensor reshape(Tensor tensor, long... shape) {
    INDArray gradient = tensor.gradient();
    return new Tensor(
        tensor.value().reshape('c', shape), gradient == null ? null : gradient.reshape('c', shape));
  }

  @Override
  public void close() {
    arrays.forEach(INDArray::close);
  }
}
