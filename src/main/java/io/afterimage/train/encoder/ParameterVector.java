package io.afterimage.train.encoder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * All parameters of an encoder in one array, and their gradients in another, which makes an update
 * a handful of operations, independent of the number of layers.
 *
 * <p>Order in memory: parameters with weight decay, other trained parameters, parameters that are
 * not trained.
 */
final class ParameterVector implements AutoCloseable {
  private final List<Parameter> parameters;
  private final Map<String, Integer> offsets;
  private final INDArray values; // (P)
  private final @Nullable INDArray gradients; // (P)
  private final int decayed;
  private final int trained;
  private final boolean ownsValues;

  ParameterVector(List<Parameter> parameters, DataType type, boolean training) {
    this.parameters = List.copyOf(parameters);
    offsets = new HashMap<>();
    ownsValues = true;
    List<Parameter> stored = new ArrayList<>(parameters);
    stored.sort(
        Comparator.comparing((Parameter p) -> !p.role().decayed())
            .thenComparing(p -> !p.role().trained()));
    int length = 0;
    int decayedLength = 0;
    int trainedLength = 0;
    for (Parameter parameter : stored) {
      if (offsets.put(parameter.name(), length) != null) {
        throw new IllegalArgumentException("two parameters are named " + parameter.name());
      }
      length += parameter.length();
      decayedLength = parameter.role().decayed() ? length : decayedLength;
      trainedLength = parameter.role().trained() ? length : trainedLength;
    }
    decayed = decayedLength;
    trained = trainedLength;
    values = Nd4j.create(type, length);
    gradients = training ? Nd4j.create(type, length) : null;
  }

  private ParameterVector(ParameterVector other) {
    parameters = other.parameters;
    offsets = other.offsets;
    values = other.values;
    gradients = Nd4j.create(values.dataType(), values.length());
    decayed = other.decayed;
    trained = other.trained;
    ownsValues = false;
  }

  /** A vector that shares the values, with its own gradients; to be closed before this one. */
  ParameterVector withOwnGradients() {
    return new ParameterVector(this);
  }

  List<Parameter> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  Parameter parameter(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return parameter;
      }
    }
    throw new IllegalArgumentException("the encoder has no parameter named " + name);
  }

  /** One parameter's values, in its shape. */
  INDArray value(String name) {
    return view(values, name);
  }

  /**
   * One parameter's gradient, in its shape.
   *
   * @throws IllegalArgumentException if the parameter is not trained
   */
  INDArray trainedGradient(String name) {
    if (gradients == null || !parameter(name).role().trained()) {
      throw new IllegalArgumentException("the parameter %s is not trained".formatted(name));
    }
    return view(gradients, name);
  }

  /** One parameter's values and, in training, gradient. */
  Tensor tensor(String name) {
    return new Tensor(value(name), gradients == null ? null : trainedGradient(name));
  }

  /** {@code (T)} all trained values. */
  INDArray trainedValues() {
    return values.get(NDArrayIndex.interval(0, trained));
  }

  /** {@code (T)} the gradients of all trained values. */
  INDArray trainedGradients() {
    if (gradients == null) {
      throw new IllegalStateException("the encoder was built for inference");
    }
    return gradients.get(NDArrayIndex.interval(0, trained));
  }

  /** The number of trained values with weight decay, which come first. */
  int decayedLength() {
    return decayed;
  }

  private INDArray view(INDArray array, String name) {
    Parameter parameter = parameter(name);
    int offset = offsets.get(name);
    return array
        .get(NDArrayIndex.interval(offset, offset + parameter.length()))
        .reshape('c', parameter.shape());
  }

  @Override
  public void close() {
    if (ownsValues) {
      values.close();
    }
    if (gradients != null) {
      gradients.close();
    }
  }
}
