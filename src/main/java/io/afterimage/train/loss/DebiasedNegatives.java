package io.afterimage.train.loss;

import java.util.Arrays;
import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The debiased estimate g of a true negative's exponential, for each anchor, and its clamp
 * (equation 7 of the paper):
 *
 * <pre>
 *   g = max( (mean_neg - tau+ mean_pos) / (1 - tau+),  floor )
 * </pre>
 *
 * <p>The floor is the least exponential, exp(-2/t) in the scale of {@link PairExponentials}.
 */
final class DebiasedNegatives {
  private static final MMulTranspose PLAIN = MMulTranspose.builder().build();

  private final BatchShape shape;
  private final LossBuffers buffers;
  private final double floor;
  private final double[] tauOfRows; // (B*K)
  private final double[] clampedOfRows; // (B*K)
  private final INDArray onesRows; // (B*K, 1)
  private final INDArray onesViews; // (K, 1)
  private final INDArray tau; // (B*K, 1)
  private final INDArray oneMinusTau; // (B*K, 1)
  private final INDArray negativeMean; // (B*K, 1)
  private final INDArray positiveMean; // (B*K, 1)
  private final INDArray estimate; // (B*K, 1): g before the clamp
  private final INDArray shortfall; // (B*K, 1): by how much the estimate is below the floor
  private final INDArray clamped; // (B*K, 1): 1 where g sits at its floor, else 0
  private final INDArray sum; // (B*K, 1): N g

  DebiasedNegatives(BatchShape shape, double temperature, LossBuffers buffers) {
    this.shape = shape;
    this.buffers = buffers;
    int rows = shape.rows();
    floor = Math.exp(-2 / temperature);
    tauOfRows = new double[rows];
    clampedOfRows = new double[rows];
    onesRows = buffers.ones(rows, 1);
    onesViews = buffers.ones(shape.views(), 1);
    tau = buffers.zeros(rows, 1);
    oneMinusTau = buffers.zeros(rows, 1);
    negativeMean = buffers.zeros(rows, 1);
    positiveMean = buffers.zeros(rows, 1);
    estimate = buffers.zeros(rows, 1);
    shortfall = buffers.zeros(rows, 1);
    clamped = buffers.zeros(rows, 1);
    sum = buffers.zeros(rows, 1);
  }

  /**
   * Sets the prior of the anchors.
   *
   * @param values {@code (1)} tau+ of all, or {@code (B)} of each group; each in [0, 1)
   */
  void setPrior(double[] values) {
    if (values.length != 1 && values.length != shape.groups()) {
      throw new IllegalArgumentException(
          "tau must hold 1 value or one for each of %d groups, but held %d"
              .formatted(shape.groups(), values.length));
    }
    for (double value : values) {
      if (!(value >= 0 && value < 1)) {
        throw new IllegalArgumentException("tau must lie in [0, 1), but was " + value);
      }
    }
    Arrays.setAll(tauOfRows, row -> values[values.length == 1 ? 0 : row / shape.views()]);
    tau.data().setData(tauOfRows);
    tau.rsub(1.0, oneMinusTau);
  }

  /** Computes g of every anchor. */
  void compute(PairExponentials exponentials) {
    Nd4j.exec(new Mmul(exponentials.ofNegatives(), onesRows, negativeMean, PLAIN));
    negativeMean.divi(shape.negatives());
    Nd4j.exec(new Mmul(exponentials.ofPositives(), onesViews, positiveMean, PLAIN));
    positiveMean.divi(shape.positives());

    tau.mul(positiveMean, estimate);
    estimate.rsubi(negativeMean);
    estimate.divi(oneMinusTau);
    estimate.rsub(floor, shortfall);
    Nd4j.exec(new Step(shortfall, clamped, 0.0));
    Nd4j.exec(new ScalarMax(estimate, null, sum, floor));
    sum.muli(shape.negatives());
  }

  /** {@code (B*K, 1)} N g. */
  INDArray sum() {
    return sum;
  }

  /** {@code (B*K, 1)} tau+. */
  INDArray tau() {
    return tau;
  }

  /** {@code (B*K, 1)} 1 - tau+. */
  INDArray oneMinusTau() {
    return oneMinusTau;
  }

  /** {@code (B*K, 1)} 1 where g is at its floor, else 0. */
  INDArray clamped() {
    return clamped;
  }

  /** The share of anchors whose g is at its floor. */
  double clampedFraction() {
    buffers.read(clamped, clampedOfRows);
    return Arrays.stream(clampedOfRows).sum() / clampedOfRows.length;
  }
}
