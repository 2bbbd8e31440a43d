package io.afterimage.train.encoder;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The two ends of a residual connection: values meet going forward, gradients going back. */
final class Addition {
  private Addition() {}

  /** Adds values going forward; the addend's gradient is the sum's own, so nothing happens back. */
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

  /** Adds gradients going back; nothing happens forward. */
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
