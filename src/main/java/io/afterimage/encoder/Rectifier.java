package io.afterimage.encoder;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/**
 * max(x, 0), in place.
 *
 * <p>Backward leaves the mask of the positive values in the tensor's values: nothing reads them
 * afterwards, and a mask of its own would be another pass over memory.
 */
final class Rectifier implements Layer {
  private final Tensor tensor;
  private final NativeOp forward;

  Rectifier(Tensor tensor) {
    this.tensor = tensor;
    forward = NativeOp.of("relu", tensor.value(), tensor.value()).reals(0);
  }

  @Override
  public void forward() {
    forward.run();
  }

  @Override
  public void backward() {
    INDArray value = tensor.value();
    Nd4j.getExecutioner().exec(new Step(value, value, 0.0));
    tensor.trainedGradient().muli(value);
  }
}
