package io.afterimage.encoder;

import org.jspecify.annotations.Nullable;
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
  private final INDArray value;
  private final NativeOp forward;
  private final @Nullable NativeOp backward;

  Rectifier(Tensor tensor) {
    value = tensor.value();
    forward = NativeOp.of("relu", value, value).reals(0);
    INDArray dy = tensor.gradient();
    backward = dy == null ? null : NativeOp.of("multiply", dy, dy, value);
  }

  @Override
  public void forward() {
    forward.run();
  }

  @Override
  public void backward() {
    if (backward != null) {
      Nd4j.getExecutioner().exec(new Step(value, value, 0.0));
      backward.run();
    }
  }
}
