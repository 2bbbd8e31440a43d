package io.afterimage.train.encoder;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The two ends of a residual connection: values are added in the forward pass, gradients in the
 * backward pass.
 */
final class Addition {
  private Addition() {}

  /**
   * Adds values in the forward pass. The backward pass does nothing, since the addend shares the
   * sum's gradient.
   */
  static Layer ofValues(INDArray sum, INDArray addend) {
    NativeOp add = NativeOp.of("add", sum, sum, addend);
    return new Layer() {
      @Override
      public void forward() {
        add.run();
      }

      @Override
      public void backward() {}
    };
  }

  /** Adds gradients in the backward pass; the forward pass does nothing. */
  static Layer ofGradients(INDArray sum, INDArray addend) {
    NativeOp add = NativeOp.of("add", sum, sum, addend);
    return new Layer() {
      @Override
      public void forward() {}

      @Override
      public void backward() {
        add.run();
      }
    };
  }
}
