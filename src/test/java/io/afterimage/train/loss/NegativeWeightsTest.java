package io.afterimage.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NegativeWeightsTest {
  private static final int GROUPS = 4;
  private static final int VIEWS = 3;
  private static final int ROWS = GROUPS * VIEWS;
  private static final int DIM = 5;
  private static final double T = 0.5;
  private static final double TAU = 0.1;

  @Test
  void evaluate_equalWeights_isThePapersLoss() {
    double[][] u = random();
    assertThat(evaluate(u, (similarities, weights, tau) -> Arrays.fill(weights, 7)).loss)
        .isCloseTo(evaluate(u, null).loss, within(1e-7));
  }

  @Test
  void evaluate_randomWeights_agreesWithSlowLoopAndFiniteDifferences() {
    double[][] u = random();
    float[] given = new float[ROWS * ROWS];
    Random random = new Random(2);
    for (int i = 0; i < given.length; i++) {
      given[i] = random.nextInt(4) == 0 ? 0 : random.nextFloat();
    }
    Evaluation evaluation =
        evaluate(
            u,
            (similarities, weights, tau) -> System.arraycopy(given, 0, weights, 0, given.length));
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
  void fill_priorOfEachAnchorSet_isThatOfTheGroups() {
    double[][] u = random();
    double changed = evaluate(u, (similarities, weights, tau) -> Arrays.fill(tau, 0.3)).loss;
    assertThat(changed).isCloseTo(loss(u, 0.3), within(1e-7));
  }

  @Test
  void fill_similarities_areThoseOfTheEmbeddings() {
    double[][] u = random();
    float[] seen = new float[ROWS * ROWS];
    evaluate(
        u, (similarities, weights, tau) -> System.arraycopy(similarities, 0, seen, 0, seen.length));
    double[][] z = unit(u);
    assertThat((double) seen[1 * ROWS + 7]).isCloseTo(dot(z[1], z[7]), within(1e-6));
    assertThat((double) seen[7 * ROWS + 1]).isCloseTo(dot(z[1], z[7]), within(1e-6));
  }

  @Test
  void evaluate_anchorWithoutWeights_isClamped() {
    assertThat(
            evaluate(random(), (similarities, weights, tau) -> Arrays.fill(weights, 0, ROWS, 0))
                .clamped)
        .isCloseTo(1.0 / ROWS, within(1e-12));
  }

  @Test
  void evaluate_negativeWeight_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> evaluate(random(), (similarities, weights, tau) -> weights[5] = -1))
        .withMessage("weights must be >= 0 and finite, but one was -1.0");
  }

  private record Evaluation(double loss, double clamped, double[][] gradient) {}

  private static Evaluation evaluate(double[][] u, NegativeWeights weights) {
    try (DebiasedContrastiveLoss loss =
        new DebiasedContrastiveLoss(GROUPS, VIEWS, DIM, T, DataType.DOUBLE)) {
      INDArray gradient = Nd4j.create(DataType.DOUBLE, ROWS, DIM);
      DebiasedContrastiveLoss.Result result =
          loss.evaluate(Nd4j.create(u), new double[] {TAU}, weights, gradient);
      return new Evaluation(result.loss(), result.clampedFraction(), gradient.toDoubleMatrix());
    }
  }

  private static double loss(double[][] u, double tau) {
    try (DebiasedContrastiveLoss loss =
        new DebiasedContrastiveLoss(GROUPS, VIEWS, DIM, T, DataType.DOUBLE)) {
      INDArray gradient = Nd4j.create(DataType.DOUBLE, ROWS, DIM);
      return loss.evaluate(Nd4j.create(u), new double[] {tau}, gradient).loss();
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
