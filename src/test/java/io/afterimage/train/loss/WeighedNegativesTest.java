package io.afterimage.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.train.negatives.NegativeWeights;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeighedNegativesTest {
  private static final int GROUPS = 4;
  private static final int VIEWS = 3;
  private static final int ROWS = GROUPS * VIEWS;
  private static final int DIM = 5;
  private static final double T = 0.5;
  private static final double TAU = 0.1;

  @Test
  void evaluate_weightsOfOne_isThePapersLoss() {
    double[][] u = random();
    float[] ones = new float[ROWS * ROWS];
    Arrays.fill(ones, 1);
    assertThat(evaluate(u, ones).loss).isCloseTo(evaluate(u, null).loss, within(1e-7));
  }

  @Test
  void evaluate_randomWeights_agreesWithSlowLoopAndFiniteDifferences() {
    double[][] u = random();
    float[] given = new float[ROWS * ROWS];
    Random random = new Random(2);
    for (int i = 0; i < given.length; i++) {
      given[i] = random.nextInt(4) == 0 ? 0 : random.nextFloat();
    }
    float[] weights = given.clone();
    NegativeWeights.scaleToMeanOne(weights, VIEWS);
    Evaluation evaluation = evaluate(u, weights);
    assertThat(evaluation.loss).isCloseTo(slow(u, given), within(1e-6));
    double h = 1e-5;
    for (int row = 0; row < ROWS; row++) {
      for (int d = 0; d < DIM; d++) {
        double middle = u[row][d];
        u[row][d] = middle + h;
        double above = slow(u, given);
        u[row][d] = middle - h;
        double below = slow(u, given);
        u[row][d] = middle;
        assertThat(evaluation.gradient[row][d])
            .as("d loss / d u[%d][%d]", row, d)
            .isCloseTo((above - below) / (2 * h), within(1e-6));
      }
    }
  }

  @Test
  void readSimilarities_areThoseOfTheEmbeddings() {
    double[][] u = random();
    float[] seen = new float[ROWS * ROWS];
    try (DebiasedContrastiveLoss loss =
        new DebiasedContrastiveLoss(GROUPS, VIEWS, DIM, T, DataType.DOUBLE)) {
      loss.compare(Nd4j.create(u));
      loss.readSimilarities(seen);
    }
    double[][] z = unit(u);
    assertThat((double) seen[1 * ROWS + 7]).isCloseTo(dot(z[1], z[7]), within(1e-6));
    assertThat((double) seen[7 * ROWS + 1]).isCloseTo(dot(z[1], z[7]), within(1e-6));
  }

  @Test
  void evaluate_anchorWithoutWeights_isClamped() {
    float[] weights = new float[ROWS * ROWS];
    Arrays.fill(weights, ROWS, weights.length, 1);
    assertThat(evaluate(random(), weights).clamped).isCloseTo(1.0 / ROWS, within(1e-12));
  }

  @Test
  void evaluate_weightNotFinite_gradientIsNotFinite() {
    float[] weights = new float[ROWS * ROWS];
    Arrays.fill(weights, 1);
    weights[5] = Float.NaN;
    assertThat(evaluate(random(), weights).gradient[0]).contains(Double.NaN);
  }

  @Test
  void evaluate_wrongNumberOfWeights_namesBoth() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> evaluate(random(), new float[7]))
        .withMessage("weights must hold 144 values, but held 7");
  }

  private record Evaluation(double loss, double clamped, double[][] gradient) {}

  private static Evaluation evaluate(double[][] u, float @Nullable [] weights) {
    try (DebiasedContrastiveLoss loss =
        new DebiasedContrastiveLoss(GROUPS, VIEWS, DIM, T, DataType.DOUBLE)) {
      INDArray gradient = Nd4j.create(DataType.DOUBLE, ROWS, DIM);
      loss.compare(Nd4j.create(u));
      DebiasedContrastiveLoss.Result result = loss.evaluate(new double[] {TAU}, weights, gradient);
      return new Evaluation(result.loss(), result.clampedFraction(), gradient.toDoubleMatrix());
    }
  }

  /** The weighed loss by its definition. */
  private static double slow(double[][] u, float[] weights) {
    double[][] z = unit(u);
    double total = 0;
    for (int a = 0; a < ROWS; a++) {
      double positive = 0;
      double negative = 0;
      double weight = 0;
      for (int b = 0; b < ROWS; b++) {
        double e = Math.exp(dot(z[a], z[b]) / T);
        if (a / VIEWS != b / VIEWS) {
          negative += weights[a * ROWS + b] * e;
          weight += weights[a * ROWS + b];
        } else if (a != b) {
          positive += e / (VIEWS - 1);
        }
      }
      double g = Math.max((negative / weight - TAU * positive) / (1 - TAU), Math.exp(-1 / T));
      for (int p = a / VIEWS * VIEWS; p < (a / VIEWS + 1) * VIEWS; p++) {
        if (p != a) {
          total += Math.log1p((ROWS - VIEWS) * g / Math.exp(dot(z[a], z[p]) / T));
        }
      }
    }
    return total / (ROWS * (VIEWS - 1));
  }

  private static double[][] random() {
    Random random = new Random(1);
    double[][] u = new double[ROWS][DIM];
    for (double[] row : u) {
      Arrays.setAll(row, d -> random.nextGaussian());
    }
    return u;
  }

  private static double[][] unit(double[][] u) {
    double[][] z = new double[u.length][];
    Arrays.setAll(
        z,
        row -> {
          double norm = Math.sqrt(dot(u[row], u[row]));
          return Arrays.stream(u[row]).map(value -> value / norm).toArray();
        });
    return z;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
