package io.afterimage.train;

import io.afterimage.train.encoder.HostTransfer;
import io.afterimage.train.loss.DebiasedContrastiveLoss;
import io.afterimage.train.loss.NegativeWeights;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The loss between the encoder's host arrays and the learner's report. */
final class ContrastiveObjective implements AutoCloseable {
  private final DebiasedContrastiveLoss loss;
  private final INDArray projections; // (B*K, D)
  private final INDArray gradient; // (B*K, D)
  private final float[] positive;
  private final float[] negative;

  ContrastiveObjective(LearnerSettings settings) {
    int frames = settings.groups() * settings.views();
    int dim = settings.encoder().embeddingSize();
    loss =
        new DebiasedContrastiveLoss(
            settings.groups(), settings.views(), dim, settings.temperature(), DataType.FLOAT);
    projections = Nd4j.create(DataType.FLOAT, frames, dim);
    gradient = Nd4j.create(DataType.FLOAT, frames, dim);
    positive = new float[loss.positivePairs()];
    negative = new float[loss.negativePairs()];
  }

  /**
   * The loss of one mini-batch.
   *
   * @param projected {@code (B*K, D)} row-major
   * @param tau one value, or one a group
   * @param weights of the negatives; null counts all alike
   * @param gradientOut {@code (B*K, D)} row-major, written
   */
  DebiasedContrastiveLoss.Result evaluate(
      float[] projected, double[] tau, @Nullable NegativeWeights weights, float[] gradientOut) {
    HostTransfer.upload(projected, projections);
    DebiasedContrastiveLoss.Result result = loss.evaluate(projections, tau, weights, gradient);
    HostTransfer.download(gradient, gradientOut);
    loss.readSimilarities(positive, negative);
    return result;
  }

  /** Similarities of the last mini-batch's positive pairs; overwritten by the next. */
  float[] positive() {
    return positive;
  }

  /** Similarities of the last mini-batch's negative pairs; overwritten by the next. */
  float[] negative() {
    return negative;
  }

  @Override
  public void close() {
    loss.close();
    projections.close();
    gradient.close();
  }
}
