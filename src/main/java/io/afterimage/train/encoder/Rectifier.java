package io.afterimage.train.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/** The ReLU, max(x, 0), in place. */
final class Rectifier implements Layer {
  private final NativeOp forward;
  private final Step mask;
  private final @Nullable NativeOp backward;

  Rectifier(Tensor tensor, Scratch scratch) {
    INDArray value = tensor.value();
    INDArray positive = scratch.first(value.shape()); // 1 where the value is above 0, else 0
    forward = NativeOp.of("relu", value, value).reals(0);
    mask = new Step(value, positive, 0.0);
    INDArray dy = tensor.gradient();
    backward = dy == null ? null : NativeOp.of("multiply", dy, dy, positive);
  }

  @Override
  public void forward() {
    forward.run();
  }

  @Override
  public void backward() {
    if (backward != null) {
      Nd4j.getExecutioner().exec(mask);
      backward.run();
    }
  }
}
