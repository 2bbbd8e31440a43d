package io.afterimage.train.loss;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The debiased contrastive loss of a mini-batch and its gradient, for any number of views and an
 * optional prior per group.
 *
 * <p>Chuang, Robinson, Lin, Torralba, Jegelka, "Debiased Contrastive Learning", NeurIPS 2020
 * (arXiv:2007.00224), equations 7 and 8 with M = K - 1 positives and N = K (B - 1) negatives for
 * each of the B K anchors:
 *
 * <pre>
 *   z    = u / |u|, s = z_a . z_b
 *   g    = max( (mean_neg exp(s/t) - tau mean_pos exp(s/t)) / (1 - tau),  exp(-1/t) )
 *   loss = mean over anchors and their positives p of  -log( exp(s_p/t) / (exp(s_p/t) + N g) )
 * </pre>
 *
 * <p>The loss is at least 0. With tau = 0 it is the ordinary, biased loss; with K = 2 it is what
 * the authors' public code computes. An anchor whose g is at its floor is <em>clamped</em>: its
 * negatives get no gradient.
 *
 * <pre>{@code
 * try (var loss = new DebiasedContrastiveLoss(64, 2, 128, 0.5, DataType.FLOAT)) {
 *   loss.compare(projections);
 *   Result result = loss.evaluate(new double[] {0.1}, null, gradient);
 * }
 * }</pre>
 *
 * <p>Negatives may be reweighted: mean_neg is then the mean of w exp(s/t), which is the importance
 * sampling of Robinson, Chuang, Sra, Jegelka, "Contrastive Learning with Hard Negative Samples",
 * ICLR 2021 (arXiv:2010.04592), equation 4, for any weights of mean 1, held constant in the
 * gradient.
 *
 * <p>Legal order of calls: {@link #compare}, then {@link #evaluate(double[], float[], INDArray)}
 * any number of times; {@link #embeddings}, {@link #readSimilarities} and {@link #readPairs} refer
 * to the last comparison; {@link #close} last. Not safe for concurrent use.
 */
public final class DebiasedContrastiveLoss implements AutoCloseable {
  private final BatchShape shape;
  private final LossBuffers buffers;
  private final CosineSimilarities similarities;
  private final PairExponentials exponentials;
  private final DebiasedNegatives negatives;
  private final SimilarityGradient gradient;
  private final INDArray notSelf; // (B*K, K): 0 for the anchor itself, else 1
  private final INDArray ratio; // (B*K, K): N g / exp_p
  private final double[] ratioOnHost; // (B*K, K)

  /**
   * Allocates every buffer for one batch shape.
   *
   * @param groups positive groups B, at least 2
   * @param views views K of a group, at least 2
   * @param dim dimension D of a projection, at least 1
   * @param temperature t, greater than 0 and large enough that exp(-2/t) does not underflow
   * @param type {@code FLOAT} or {@code DOUBLE}
   * @throws IllegalArgumentException naming the rule and the value that broke it
   */
  public DebiasedContrastiveLoss(
      int groups, int views, int dim, double temperature, DataType type) {
    shape = new BatchShape(groups, views, dim, type);
    requireTemperature(temperature, type);
    buffers = new LossBuffers(type);
    notSelf = buffers.zeros(shape.rows(), views);
    notSelf.assign(Nd4j.tile(Nd4j.eye(views).rsubi(1.0).castTo(type), groups, 1));
    similarities = new CosineSimilarities(shape, buffers);
    exponentials = new PairExponentials(shape, temperature, notSelf, buffers);
    negatives = new DebiasedNegatives(shape, temperature, buffers);
    gradient = new SimilarityGradient(shape, temperature, notSelf, buffers);
    ratio = buffers.zeros(shape.rows(), views);
    ratioOnHost = new double[shape.rows() * views];
  }

  /**
   * The result of one evaluation.
   *
   * @param loss the mean over anchors and their positives
   * @param clampedFraction share of anchors whose g is at its floor, in [0, 1]
   */
  public record Result(double loss, double clampedFraction) {}

  /**
   * Compares all views of a mini-batch.
   *
   * @param projections {@code (B*K, D)} raw projections u, the views of a group in adjacent rows
   * @throws IllegalArgumentException if they are not of that shape or type
   */
  public void compare(INDArray projections) {
    shape.requireProjections("projections", projections);
    similarities.compare(projections);
  }

  /**
   * Computes the loss of the compared views and its gradient. A non-finite projection makes both
   * non-finite, a non-finite weight only the gradient.
   *
   * @param tau {@code (1)} the prior, or {@code (B)} one for each group; each in [0, 1)
   * @param weights {@code (B*K, B*K)} row-major, the weights of each anchor's negatives: of mean 1
   *     in each row, and 0 within a group; an anchor whose weights are all 0 has no negatives and
   *     is clamped. Null for equal weights
   * @param gradientOut {@code (B*K, D)} filled with d loss / d u; may be the compared projections
   * @throws IllegalArgumentException naming the rule and the value that broke it
   */
  public Result evaluate(double[] tau, float @Nullable [] weights, INDArray gradientOut) {
    shape.requireProjections("gradientOut", gradientOut);
    negatives.setPrior(tau);
    exponentials.compute(similarities.values(), weights);
    negatives.compute(exponentials);
    Result result = new Result(meanOfPairs(), negatives.clampedFraction());
    similarities.backward(gradient.compute(exponentials, negatives), gradientOut);
    return result;
  }

  /**
   * The loss of a mini-batch with equally weighted negatives, and its gradient.
   *
   * @param projections {@code (B*K, D)} as {@link #compare} takes them
   * @param tau as {@link #evaluate(double[], float[], INDArray)} takes it
   * @param gradientOut {@code (B*K, D)} filled with d loss / d u; may be {@code projections}
   */
  public Result evaluate(INDArray projections, double[] tau, INDArray gradientOut) {
    compare(projections);
    return evaluate(tau, null, gradientOut);
  }

  /** -log( exp_p / (exp_p + N g) ) = log(1 + N g / exp_p), the mean over all pairs. */
  private double meanOfPairs() {
    // The anchor itself gets exp = 1 to avoid a division by 0.
    notSelf.rsub(1.0, ratio);
    ratio.addi(exponentials.ofPositives());
    ratio.rdivi(1.0);
    ratio.muliColumnVector(negatives.sum());
    // Computed on the host, since ND4J's log1p loses small values: near-duplicates have losses near
    // 1e-8.
    buffers.read(ratio, ratioOnHost);
    double total = 0;
    for (int row = 0; row < shape.rows(); row++) {
      for (int view = 0; view < shape.views(); view++) {
        if (view != row % shape.views()) {
          total += Math.log1p(ratioOnHost[row * shape.views() + view]);
        }
      }
    }
    return total / ((double) shape.rows() * shape.positives());
  }

  /** The unit embeddings {@code (B*K, D)} of the last comparison; overwritten by the next one. */
  public INDArray embeddings() {
    return similarities.embeddings();
  }

  /** The number of unordered positive pairs of a mini-batch: B K (K - 1) / 2. */
  public int positivePairs() {
    return shape.positivePairs();
  }

  /** The number of unordered negative pairs of a mini-batch: B K * K (B - 1) / 2. */
  public int negativePairs() {
    return shape.negativePairs();
  }

  /**
   * Reads the cosine similarities of the last comparison.
   *
   * @param all {@code (B*K, B*K)} row-major, filled
   */
  public void readSimilarities(float[] all) {
    similarities.read(all);
  }

  /**
   * Reads the cosine similarities of the last comparison, each unordered pair once, by rows of the
   * similarity matrix's upper triangle.
   *
   * @param positive {@code (positivePairs())} filled
   * @param negative {@code (negativePairs())} filled
   */
  public void readPairs(float[] positive, float[] negative) {
    similarities.readPairs(positive, negative);
  }

  /** Frees the native buffers. */
  @Override
  public void close() {
    buffers.close();
  }

  private static void requireTemperature(double temperature, DataType type) {
    if (!(temperature > 0) || temperature == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "temperature must be > 0 and finite, but was " + temperature);
    }
    double least = type == DataType.FLOAT ? 0.026 : 0.003;
    if (temperature < least) {
      throw new IllegalArgumentException(
          "temperature must be >= %s in %s, or exp(-2/temperature) underflows, but was %s"
              .formatted(least, type, temperature));
    }
  }
}
