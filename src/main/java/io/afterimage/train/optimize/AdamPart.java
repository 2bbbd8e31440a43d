package io.afterimage.train.optimize;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Adam for a contiguous part of the parameters.
 *
 * <p>Uses plain arithmetic on whole arrays, since ND4J's own operation for Adam takes four times as
 * long.
 */
final class AdamPart {
  /**
   * The coefficients of one update.
   *
   * @param clipping factor of the gradient
   * @param firstShare share of the gradient in the first moment
   * @param secondShare share of the gradient's square in the second moment
   * @param epsilon added to the root of the second moment
   * @param rate of the update
   * @param decay share of the value that is subtracted first
   */
  record Coefficients(
      double clipping,
      double firstShare,
      double secondShare,
      double epsilon,
      double rate,
      double decay) {}

  private final INDArray gradients;
  private final INDArray decayed;
  private final INDArray scratch;
  private final CustomOp axpy = DynamicCustomOp.builder("axpy").build();
  private final OpContext intoFirst;
  private final OpContext intoSecond;
  private final OpContext intoValues;
  private final INDArray first;
  private final INDArray second;
  private final Sqrt root;
  private double squaredGradients;

  /**
   * @param scratch of the values' length, as are all arrays
   * @param decayedLength number of values with weight decay, which come first
   */
  AdamPart(
      INDArray values,
      INDArray gradients,
      INDArray first,
      INDArray second,
      INDArray scratch,
      long decayedLength) {
    this.gradients = gradients;
    this.first = first;
    this.second = second;
    this.scratch = scratch;
    decayed = values.get(NDArrayIndex.interval(0, decayedLength));
    intoFirst = scratchAddedTo(first);
    intoSecond = scratchAddedTo(second);
    intoValues = scratchAddedTo(values);
    root = new Sqrt(second, scratch);
  }

  private OpContext scratchAddedTo(INDArray array) {
    OpContext context = Nd4j.getExecutioner().buildContext();
    context.setInputArrays(array, scratch); // first + share * second
    context.setOutputArrays(array);
    return context;
  }

  void squareGradients() {
    squaredGradients = Nd4j.getBlasWrapper().dot(gradients, gradients);
  }

  /** The last result of {@link #squareGradients}. */
  double squaredGradients() {
    return squaredGradients;
  }

  void update(Coefficients coefficients) {
    if (coefficients.clipping() != 1) {
      gradients.muli(coefficients.clipping());
    }
    gradients.subi(first, scratch);
    add(coefficients.firstShare(), intoFirst);
    gradients.muli(gradients, scratch);
    scratch.subi(second);
    add(coefficients.secondShare(), intoSecond);
    Nd4j.getExecutioner().exec(root);
    scratch.addi(coefficients.epsilon());
    first.divi(scratch, scratch);
    if (coefficients.decay() > 0 && !decayed.isEmpty()) {
      decayed.muli(1 - coefficients.decay());
    }
    add(-coefficients.rate(), intoValues);
  }

  private void add(double share, OpContext scratchAdded) {
    scratchAdded.setTArguments(share);
    Nd4j.exec(axpy, scratchAdded);
  }
}
