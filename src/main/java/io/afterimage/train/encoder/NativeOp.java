package io.afterimage.train.encoder;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An ND4J operation that is bound to its arrays and arguments once.
 *
 * <p>Unlike {@code Nd4j.exec} with a new operation, it allocates nothing and derives no shapes when
 * it runs.
 */
final class NativeOp {
  private final CustomOp op;
  private final OpContext context;

  private NativeOp(String name, INDArray[] inputs, INDArray[] outputs) {
    op = DynamicCustomOp.builder(name).build();
    context = Nd4j.getExecutioner().buildContext();
    context.setInputArrays(inputs);
    context.setOutputArrays(outputs);
  }

  static NativeOp of(String name, INDArray output, INDArray... inputs) {
    return new NativeOp(name, inputs, new INDArray[] {output});
  }

  static NativeOp of(String name, INDArray[] outputs, INDArray... inputs) {
    return new NativeOp(name, inputs, outputs);
  }

  NativeOp integers(long... arguments) {
    context.setIArguments(arguments);
    return this;
  }

  NativeOp reals(double... arguments) {
    context.setTArguments(arguments);
    return this;
  }

  void run() {
    Nd4j.exec(op, context);
  }
}
