package io.afterimage.train.loss;

import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradient of the loss with respect to every similarity. With the attraction of the positives
 *
 * <pre>
 *   c = sum_p 1 / (exp_p + N g) / (B K M t (1 - tau+)), or 0 where g is clamped
 * </pre>
 *
 * <p>it is
 *
 * <pre>
 *   of a negative:  c w exp(s/t)
 *   of a positive:  -N g / (exp_p + N g) / (B K M t) - c tau+ N/M exp(s/t)
 * </pre>
 *
 * <p>Weights are treated as constants.
 */
final class SimilarityGradient {
  private static final MMulTranspose PLAIN = MMulTranspose.builder().build();

  private final double share; // 1 / (B K M t)
  private final double negativesOfPositive; // N / M
  private final INDArray notSelf; // (B*K, K)
  private final INDArray onesViews; // (K, 1)
  private final INDArray reciprocal; // (B*K, K): 1 / (exp_p + N g), 0 for the anchor itself
  private final INDArray unclamped; // (B*K, 1): 1 where g is above its floor, else 0
  private final INDArray push; // (B*K, 1): c
  private final INDArray debiasing; // (B*K, 1): c tau+ N/M
  private final INDArray pull; // (B*K, K): N g / (exp_p + N g) / (B K M t)
  private final INDArray ofPositives; // (B*K, K)
  private final INDArray ofAll; // (B*K, B*K)
  private final INDArray diagonalBlocks; // (B, K, K): view of ofAll
  private final INDArray positiveBlocks; // (B, K, K): view of ofPositives

  SimilarityGradient(BatchShape shape, double temperature, INDArray notSelf, LossBuffers buffers) {
    int rows = shape.rows();
    int views = shape.views();
    this.notSelf = notSelf;
    share = 1 / ((double) rows * shape.positives() * temperature);
    negativesOfPositive = (double) shape.negatives() / shape.positives();
    onesViews = buffers.ones(views, 1);
    reciprocal = buffers.zeros(rows, views);
    unclamped = buffers.zeros(rows, 1);
    push = buffers.zeros(rows, 1);
    debiasing = buffers.zeros(rows, 1);
    pull = buffers.zeros(rows, views);
    ofPositives = buffers.zeros(rows, views);
    positiveBlocks = ofPositives.reshape('c', shape.groups(), views, views);
    ofAll = buffers.zeros(rows, rows);
    diagonalBlocks = PairExponentials.diagonalBlocks(ofAll, shape);
  }

  /**
   * @return {@code (B*K, B*K)} each row of one anchor; overwritten by the next call
   */
  INDArray compute(PairExponentials exponentials, DebiasedNegatives negatives) {
    reciprocal.assign(exponentials.ofPositives());
    reciprocal.addiColumnVector(negatives.sum());
    reciprocal.rdivi(1.0);
    reciprocal.muli(notSelf);
    Nd4j.exec(new Mmul(reciprocal, onesViews, push, PLAIN));
    negatives.clamped().rsub(1.0, unclamped);
    push.muli(unclamped).divi(negatives.oneMinusTau()).muli(share);

    pull.assign(reciprocal);
    pull.muliColumnVector(negatives.sum());
    pull.muli(share);
    push.mul(negatives.tau(), debiasing);
    debiasing.muli(negativesOfPositive);
    ofPositives.assign(exponentials.ofPositives());
    ofPositives.muliColumnVector(debiasing);
    ofPositives.addi(pull);
    ofPositives.negi();

    Nd4j.exec(new BroadcastMulOp(exponentials.ofNegatives(), push, ofAll, 0));
    diagonalBlocks.assign(positiveBlocks);
    return ofAll;
  }
}
