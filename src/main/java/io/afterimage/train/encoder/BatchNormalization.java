package io.afterimage.train.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Batch normalization: by the mini-batch's mean and variance in training, by their running averages
 * in inference.
 */
final class BatchNormalization implements Layer {
  private static final double MOMENTUM = 0.1;
  static final double EPSILON = 1e-5;

  private final @Nullable ActivationNormalization training;
  private final NativeOp inference;
  private final INDArray runningMean; // (C)
  private final INDArray runningVariance; // (C)
  private final INDArray update; // (C)
  private final double unbiased;

  BatchNormalization(
      Tensor input,
      Tensor output,
      INDArray gain,
      INDArray bias,
      INDArray runningMean,
      INDArray runningVariance,
      AffineGradient.@Nullable Means means,
      Scratch scratch,
      Buffers buffers) {
    int frames = (int) input.size(0);
    training =
        buffers.training()
            ? new ActivationNormalization(
                input,
                output,
                gain,
                bias,
                means,
                ActivationNormalization.Averaging.frames(buffers),
                scratch,
                buffers)
            : null;
    inference =
        NativeOp.of(
                "batchnorm",
                output.value(),
                input.value(),
                runningMean,
                runningVariance,
                gain,
                bias)
            .reals(EPSILON)
            .integers(1, 1, 3);
    this.runningMean = runningMean;
    this.runningVariance = runningVariance;
    update = buffers.array(runningMean.length());
    double count = (double) frames * input.size(1) * input.size(2);
    unbiased = count / Math.max(1, count - 1);
  }

  @Override
  public void forward() {
    if (training == null) {
      inference.run();
    } else {
      training.forward();
    }
  }

  @Override
  public void backward() {
    if (training != null) {
      training.backward();
    }
  }

  @Override
  public void updateAverages() {
    if (training == null) {
      return;
    }
    move(runningMean, training.mean(), 1);
    move(runningVariance, training.variance(), unbiased);
  }

  private void move(INDArray running, INDArray current, double factor) {
    update.assign(current.get(NDArrayIndex.point(0), NDArrayIndex.all()));
    update.muli(MOMENTUM * factor);
    running.muli(1 - MOMENTUM);
    running.addi(update);
  }
}
