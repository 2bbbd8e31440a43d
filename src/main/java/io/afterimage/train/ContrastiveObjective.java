package io.afterimage.train;

import io.afterimage.train.encoder.HostTransfer;
import io.afterimage.train.loss.DebiasedContrastiveLoss;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The debiased contrastive loss on Java arrays.
 *
 * <p>Legal order of calls: {@link #compare}, then {@link #evaluate} once for it; {@link
 * #readSimilarities} and {@link #pairSimilarities} refer to the last comparison; {@link #close}
 * last.
 */
final class ContrastiveObjective implements AutoCloseable {
  private final DebiasedContrastiveLoss loss;
  private final INDArray projections; // (B*K, D)
  private final INDArray gradient; // (B*K, D)

  ContrastiveObjective(LearnerSettings settings) {
    int frames = settings.groups() * settings.views();
    int dim = settings.encoder().embeddingSize();
    loss =
        new DebiasedContrastiveLoss(
            settings.groups(), settings.views(), dim, settings.temperature(), DataType.FLOAT);
    projections = Nd4j.create(DataType.FLOAT, frames, dim);
    gradient = Nd4j.create(DataType.FLOAT, frames, dim);
  }

  /**
   * Compares all views of a mini-batch.
   *
   * @param projected {@code (B*K, D)} row-major
   */
  void compare(float[] projected) {
    HostTransfer.upload(projected, projections);
    loss.compare(projections);
  }

  /**
   * The cosine similarities of all pairs of views.
   *
   * @param similarities {@code (B*K, B*K)} row-major, filled
   */
  void readSimilarities(float[] similarities) {
    loss.readSimilarities(similarities);
  }

  /**
   * The loss of the compared views.
   *
   * @param tau {@code (1)} or {@code (B)}
   * @param weights {@code (B*K, B*K)} of the negatives, of mean 1 in each row; null for equal
   *     weights
   * @param gradientOut {@code (B*K, D)} row-major, filled
   */
  DebiasedContrastiveLoss.Result evaluate(
      double[] tau, float @Nullable [] weights, float[] gradientOut) {
    DebiasedContrastiveLoss.Result result = loss.evaluate(tau, weights, gradient);
    HostTransfer.download(gradient, gradientOut);
    return result;
  }

  /** The cosine similarities of all pairs of the compared views. */
  PairSimilarities pairSimilarities() {
    float[] positive = new float[loss.positivePairs()];
    float[] negative = new float[loss.negativePairs()];
    loss.readPairs(positive, negative);
    return new PairSimilarities(positive, negative);
  }

  @Override
  public void close() {
    loss.close();
    projections.close();
    gradient.close();
  }
}
