package io.afterimage.train.loss;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.api.ops.impl.reduce.floating.Norm2;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The debiased contrastive loss of a mini-batch and its gradient, for any number of views and a
 * prior for each group.
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
 * the authors' public code computes. An anchor whose g sits at its floor is <em>clamped</em>: its
 * negatives get no gradient.
 *
 * <pre>{@code
 * try (var loss = new DebiasedContrastiveLoss(64, 2, 128, 0.5, DataType.FLOAT)) {
 *   Result result = loss.evaluate(projections, new double[] {0.1}, gradient);
 * }
 * }</pre>
 *
 * <p>Negatives may be weighed: mean_neg is then the weighted mean with the weights that {@link
 * NegativeWeights} gives, which is the importance sampling of Robinson, Chuang, Sra, Jegelka,
 * "Contrastive Learning with Hard Negative Samples", ICLR 2021 (arXiv:2010.04592), equation 4, for
 * any weights, held constant in the gradient.
 *
 * <p>Legal order of calls: {@link #evaluate} any number of times, after it {@link #embeddings} and
 * {@link #readSimilarities}, which speak of the last evaluation; {@link #close} last. Not safe for
 * concurrent use.
 */
public final class DebiasedContrastiveLoss implements AutoCloseable {
  /*
   * Everything is scaled by exp(-1/t), so that no exponential exceeds 1; the scale cancels in the
   * loss, and the floor of g becomes exp(-2/t). That is also the least exponential, hence the
   * least temperature.
   *
   * Positive pairs lie in the K x K blocks on the diagonal of the (B K, B K) kernel matrix. They
   * are copied out through a strided view and set to zero, after which row sums of the matrix are
   * sums over negatives, without a mask and without the cancellation of "all minus positives".
   *
   * Gradient, with c = sum_p 1/(exp_p + N g) / (B K M t (1 - tau)), or 0 where clamped:
   *   d/ds of a negative:  c exp(s/t)
   *   d/ds of a positive:  -N g / (exp_p + N g) / (B K M t) - c tau N/M exp(s/t)
   * and d/dz = (W + W') z with W = d/ds, since every pair's similarity serves two anchors.
   */

  private static final MMulTranspose PLAIN = MMulTranspose.builder().build();
  private static final MMulTranspose FIRST = MMulTranspose.builder().transposeA(true).build();
  private static final MMulTranspose SECOND = MMulTranspose.builder().transposeB(true).build();

  /** A shorter projection has no direction; its embedding shrinks with it. */
  private static final double LEAST_NORM = 1e-12;

  private final int groups;
  private final int views;
  private final int rows;
  private final int dim;
  private final int positives;
  private final int negatives;
  private final double temperature;
  private final DataType type;
  private final double floor;

  private final double[] stagedRows; // (B*K): tau going in, clamped coming out
  private final double[] stagedRatios; // (B*K, K): N g / exp_p

  private final INDArray embeddings; // (B*K, D)
  private final INDArray scratch; // (B*K, D)
  private final INDArray similarities; // (B*K, B*K)
  private final INDArray kernel; // (B*K, B*K): exp((s-1)/t) of negatives, then d loss / d s
  private final INDArray kernelBlocks; // (B, K, K): view of kernel's diagonal blocks
  private final INDArray positiveBlocks; // (B, K, K): view of positiveKernel
  private final INDArray weightBlocks; // (B, K, K): view of positiveWeight
  private final INDArray positiveKernel; // (B*K, K): exp((s-1)/t) of positives, 0 for the anchor
  private final INDArray positiveWeight; // (B*K, K)
  private final INDArray denominator; // (B*K, K)
  private final INDArray notSelf; // (B*K, K): 0 for the anchor itself, else 1
  private final INDArray onesRows; // (B*K, 1)
  private final INDArray onesViews; // (K, 1)
  private final INDArray onesDim; // (D, 1)
  private final INDArray norm; // (B*K, 1)
  private final INDArray tau; // (B*K, 1)
  private final INDArray oneMinusTau; // (B*K, 1)
  private final INDArray positiveMean; // (B*K, 1)
  private final INDArray negativeMean; // (B*K, 1)
  private final INDArray negativeTerm; // (B*K, 1): g, then N g
  private final INDArray clamped; // (B*K, 1): 1 where g sits at its floor, else 0
  private final INDArray pull; // (B*K, 1): c

  private final List<INDArray> owned;

  /** Buffers that only weighed negatives need; made when they are first weighed. */
  private final class Weighing {
    final float[] similarities = new float[rows * rows];
    final float[] weights = new float[rows * rows];
    final INDArray matrix = zeros(rows, rows); // (B*K, B*K): each row has the mean 1
  }

  private @Nullable Weighing weighing;

  /**
   * Allocates every buffer for one batch shape.
   *
   * @param groups positive groups B, at least 2
   * @param views views K of a group, at least 2
   * @param dim numbers D of a projection, at least 1
   * @param temperature t, greater than 0 and large enough that exp(-2/t) does not underflow
   * @param type {@code FLOAT} or {@code DOUBLE}
   * @throws IllegalArgumentException naming the rule and the value that broke it
   */
  public DebiasedContrastiveLoss(
      int groups, int views, int dim, double temperature, DataType type) {
    atLeast(2, "groups", groups);
    atLeast(2, "views", views);
    atLeast(1, "dim", dim);
    if (type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new IllegalArgumentException("type must be FLOAT or DOUBLE, but was " + type);
    }
    checkTemperature(temperature, type);
    this.groups = groups;
    this.views = views;
    this.rows = Math.multiplyExact(groups, views);
    Math.multiplyExact(rows, rows);
    this.dim = dim;
    this.positives = views - 1;
    this.negatives = rows - views;
    this.temperature = temperature;
    this.type = type;
    this.floor = Math.exp(-2 / temperature);
    this.stagedRows = new double[rows];
    this.stagedRatios = new double[rows * views];

    embeddings = zeros(rows, dim);
    scratch = zeros(rows, dim);
    similarities = zeros(rows, rows);
    kernel = zeros(rows, rows);
    kernelBlocks =
        Nd4j.create(
            kernel.data(),
            new long[] {groups, views, views},
            new long[] {(long) views * rows + views, rows, 1},
            0,
            'c');
    positiveKernel = zeros(rows, views);
    positiveBlocks = positiveKernel.reshape('c', groups, views, views);
    positiveWeight = zeros(rows, views);
    weightBlocks = positiveWeight.reshape('c', groups, views, views);
    denominator = zeros(rows, views);
    notSelf = Nd4j.tile(Nd4j.eye(views).rsubi(1.0).castTo(type), groups, 1);
    onesRows = zeros(rows, 1).addi(1);
    onesViews = zeros(views, 1).addi(1);
    onesDim = zeros(dim, 1).addi(1);
    norm = zeros(rows, 1);
    tau = zeros(rows, 1);
    oneMinusTau = zeros(rows, 1);
    positiveMean = zeros(rows, 1);
    negativeMean = zeros(rows, 1);
    negativeTerm = zeros(rows, 1);
    clamped = zeros(rows, 1);
    pull = zeros(rows, 1);
    owned =
        List.of(
            embeddings,
            scratch,
            similarities,
            kernel,
            positiveKernel,
            positiveWeight,
            denominator,
            notSelf,
            onesRows,
            onesViews,
            onesDim,
            norm,
            tau,
            oneMinusTau,
            positiveMean,
            negativeMean,
            negativeTerm,
            clamped,
            pull);
  }

  /**
   * What one evaluation found.
   *
   * @param loss the mean over anchors and their positives
   * @param clampedFraction share of anchors whose g sits at its floor, in [0, 1]
   */
  public record Result(double loss, double clampedFraction) {}

  /**
   * Computes the loss and its gradient. A projection that is not finite makes both not finite.
   *
   * @param projections {@code (B*K, D)} raw projections u, the views of a group in adjacent rows
   * @param tau {@code (1)} the prior, or {@code (B)} one for each group; each in [0, 1)
   * @param gradientOut {@code (B*K, D)} filled with d loss / d u; may be {@code projections}
   * @throws IllegalArgumentException naming the rule and the value that broke it
   */
  public Result evaluate(INDArray projections, double[] tau, INDArray gradientOut) {
    return evaluate(projections, tau, null, gradientOut);
  }

  /**
   * As {@link #evaluate(INDArray, double[], INDArray)}, with weighed negatives.
   *
   * @param weights may change the prior, too; null weighs all alike
   */
  public Result evaluate(
      INDArray projections, double[] tau, @Nullable NegativeWeights weights, INDArray gradientOut) {
    checkShape("projections", projections);
    checkShape("gradientOut", gradientOut);
    stage(tau);
    embed(projections);
    compare();
    if (weights != null) {
      weighNegatives(weights);
    }
    average();
    Result result = weigh();
    differentiate(gradientOut);
    return result;
  }

  /** The unit embeddings {@code (B*K, D)} of the last evaluation; overwritten by the next one. */
  public INDArray embeddings() {
    return embeddings;
  }

  /** The number of unordered positive pairs of a mini-batch: B K (K - 1) / 2. */
  public int positivePairs() {
    return rows * positives / 2;
  }

  /** The number of unordered negative pairs of a mini-batch: B K * K (B - 1) / 2. */
  public int negativePairs() {
    return rows * negatives / 2;
  }

  /**
   * Reads the cosine similarities of the last evaluation, each unordered pair once, by rows of the
   * similarity matrix's upper triangle.
   *
   * @param positive {@code (positivePairs())} filled
   * @param negative {@code (negativePairs())} filled
   */
  public void readSimilarities(float[] positive, float[] negative) {
    checkLength("positive", positivePairs(), positive.length);
    checkLength("negative", negativePairs(), negative.length);
    FloatReader reader = floats(similarities);
    int nextPositive = 0;
    int nextNegative = 0;
    for (int row = 0; row < rows; row++) {
      int groupEnd = (row / views + 1) * views;
      int within = groupEnd - row - 1;
      int beyond = rows - groupEnd;
      reader.read(row * rows + row + 1, positive, nextPositive, within);
      reader.read(row * rows + groupEnd, negative, nextNegative, beyond);
      nextPositive += within;
      nextNegative += beyond;
    }
  }

  /** Frees the native buffers. */
  @Override
  public void close() {
    owned.forEach(INDArray::close);
    if (weighing != null) {
      weighing.matrix.close();
    }
  }

  private void stage(double[] tau) {
    if (tau.length != 1 && tau.length != groups) {
      throw new IllegalArgumentException(
          "tau must hold 1 value or one for each of %d groups, but held %d"
              .formatted(groups, tau.length));
    }
    if (tau.length == 1) {
      Arrays.fill(stagedRows, tau[0]);
    } else {
      for (int row = 0; row < rows; row++) {
        stagedRows[row] = tau[row / views];
      }
    }
    uploadTau();
  }

  private void uploadTau() {
    for (double value : stagedRows) {
      if (!(value >= 0 && value < 1)) {
        throw new IllegalArgumentException("tau must lie in [0, 1), but was " + value);
      }
    }
    tau.data().setData(stagedRows);
    tau.rsub(1.0, oneMinusTau);
  }

  private void embed(INDArray projections) {
    Nd4j.exec(new Norm2(projections, norm, true, 1));
    Nd4j.exec(new ScalarMax(norm, null, norm, LEAST_NORM));
    embeddings.assign(projections);
    embeddings.diviColumnVector(norm);
  }

  private void compare() {
    Nd4j.exec(new Mmul(embeddings, embeddings, similarities, SECOND));
    similarities.sub(1.0, kernel);
    kernel.divi(temperature);
    Nd4j.exec(new Exp(kernel, kernel));
    positiveBlocks.assign(kernelBlocks);
    kernelBlocks.assign(0.0);
    positiveKernel.muli(notSelf);
  }

  /** Weights enter the kernel itself, so that they weigh the mean and its gradient alike. */
  private void weighNegatives(NegativeWeights strategy) {
    Weighing room = weighing;
    if (room == null) {
      room = new Weighing();
      weighing = room;
    }
    floats(similarities).read(0, room.similarities, 0, rows * rows);
    Arrays.fill(room.weights, 1);
    strategy.fill(room.similarities, room.weights, stagedRows);
    uploadTau();
    for (int row = 0; row < rows; row++) {
      scaleToMeanOne(room.weights, row);
    }
    room.matrix.data().setData(room.weights);
    kernel.muli(room.matrix);
  }

  private void scaleToMeanOne(float[] weights, int row) {
    int group = row / views;
    double sum = 0;
    for (int other = 0; other < rows; other++) {
      float weight = weights[row * rows + other];
      if (other / views != group) {
        if (!(weight >= 0 && weight < Float.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException(
              "weights must be >= 0 and finite, but one was " + weight);
        }
        sum += weight;
      }
    }
    float scale = sum > 0 ? (float) (negatives / sum) : 0;
    for (int other = 0; other < rows; other++) {
      weights[row * rows + other] *= other / views == group ? 0 : scale;
    }
  }

  private void average() {
    Nd4j.exec(new Mmul(kernel, onesRows, negativeMean, PLAIN));
    negativeMean.divi(negatives);
    Nd4j.exec(new Mmul(positiveKernel, onesViews, positiveMean, PLAIN));
    positiveMean.divi(positives);
  }

  private Result weigh() {
    tau.mul(positiveMean, negativeTerm);
    negativeTerm.rsubi(negativeMean);
    negativeTerm.divi(oneMinusTau);
    negativeTerm.rsub(floor, clamped);
    Nd4j.exec(new Step(clamped, clamped, 0.0));
    Nd4j.exec(new ScalarMax(negativeTerm, null, negativeTerm, floor));
    negativeTerm.muli(negatives);

    // The anchor itself gets exp = 1, so that nothing is divided by 0.
    notSelf.rsub(1.0, denominator);
    denominator.addi(positiveKernel);
    denominator.rdivi(1.0);
    denominator.muliColumnVector(negativeTerm);
    return new Result(meanOfPairs(), meanOfClamped());
  }

  /** On the host, since ND4J's log1p loses what is small: near-duplicates have losses near 1e-8. */
  private double meanOfPairs() {
    readDoubles(denominator, stagedRatios);
    double total = 0;
    for (int row = 0; row < rows; row++) {
      for (int view = 0; view < views; view++) {
        if (view != row % views) {
          total += Math.log1p(stagedRatios[row * views + view]);
        }
      }
    }
    return total / ((double) rows * positives);
  }

  private double meanOfClamped() {
    readDoubles(clamped, stagedRows);
    return Arrays.stream(stagedRows).sum() / rows;
  }

  private void differentiate(INDArray gradientOut) {
    double share = 1 / ((double) rows * positives * temperature);

    denominator.assign(positiveKernel);
    denominator.addiColumnVector(negativeTerm);
    denominator.rdivi(1.0);
    denominator.muli(notSelf);
    Nd4j.exec(new Mmul(denominator, onesViews, pull, PLAIN));
    clamped.rsubi(1.0);
    pull.muli(clamped).divi(oneMinusTau).muli(share);

    denominator.muliColumnVector(negativeTerm);
    denominator.muli(share);
    pull.mul(tau, positiveMean);
    positiveMean.muli((double) negatives / positives);
    positiveWeight.assign(positiveKernel);
    positiveWeight.muliColumnVector(positiveMean);
    positiveWeight.addi(denominator);
    positiveWeight.negi();

    kernel.muliColumnVector(pull);
    kernelBlocks.assign(weightBlocks);
    Nd4j.exec(new Mmul(kernel, embeddings, gradientOut, PLAIN));
    Nd4j.exec(new Mmul(kernel, embeddings, gradientOut, 1.0, 1.0, FIRST));

    // Through z = u / |u|: take away the radial part, divide by the norm.
    gradientOut.mul(embeddings, scratch);
    Nd4j.exec(new Mmul(scratch, onesDim, pull, PLAIN));
    scratch.assign(embeddings);
    scratch.muliColumnVector(pull);
    gradientOut.subi(scratch);
    gradientOut.diviColumnVector(norm);
  }

  private void readDoubles(INDArray from, double[] to) {
    if (type == DataType.DOUBLE) {
      from.data().asNioDouble().get(0, to);
      return;
    }
    FloatBuffer values = from.data().asNioFloat();
    for (int i = 0; i < to.length; i++) {
      to[i] = values.get(i);
    }
  }

  private interface FloatReader {
    void read(int from, float[] to, int at, int count);
  }

  private FloatReader floats(INDArray array) {
    if (type == DataType.FLOAT) {
      return array.data().asNioFloat()::get;
    }
    DoubleBuffer values = array.data().asNioDouble();
    return (from, to, at, count) -> {
      for (int i = 0; i < count; i++) {
        to[at + i] = (float) values.get(from + i);
      }
    };
  }

  private INDArray zeros(long... shape) {
    return Nd4j.create(type, shape, 'c');
  }

  private void checkShape(String name, INDArray array) {
    if (array.rank() != 2 || array.size(0) != rows || array.size(1) != dim) {
      throw new IllegalArgumentException(
          "%s must have shape (%d, %d), but had %s"
              .formatted(name, rows, dim, Arrays.toString(array.shape())));
    }
    if (array.dataType() != type) {
      throw new IllegalArgumentException(
          "%s must be of type %s, but was %s".formatted(name, type, array.dataType()));
    }
  }

  private static void checkTemperature(double temperature, DataType type) {
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

  private static void checkLength(String name, int expected, int actual) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "%s must hold %d values, but held %d".formatted(name, expected, actual));
    }
  }

  private static void atLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, but was %d".formatted(name, least, value));
    }
  }
}
