package io.afterimage.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.train.loss.DebiasedContrastiveLoss.Result;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DebiasedContrastiveLossTest {
  @ParameterizedTest
  @CsvSource({"2, 2, 3, 0.5", "5, 3, 7, 0.2", "9, 4, 6, 1.0", "16, 2, 32, 0.07"})
  void evaluate_randomProjections_agreesWithSlowLoop(
      int groups, int views, int dim, double temperature) {
    double[][] u = random(groups * views, dim, 7);
    double[] tau = new Random(8).doubles(groups, 0, 0.7).toArray();
    Evaluation evaluation = evaluate(u, groups, views, tau, temperature);
    SlowLoss slow = new SlowLoss(views, temperature);
    assertThat(evaluation.result.loss()).isCloseTo(slow.loss(u, tau), within(1e-12));
    assertThat(evaluation.result.clampedFraction()).isEqualTo(slow.clamped / (groups * views));
  }

  @ParameterizedTest
  @CsvSource({"0.0, 1.0", "0.1, 1.0", "0.3, 0.3"})
  void evaluate_randomProjections_gradientAgreesWithFiniteDifferences(double tau, double spread) {
    int groups = 4;
    int views = 3;
    double[][] u = nearGroups(groups, views, 5, spread);
    Evaluation evaluation = evaluate(u, groups, views, new double[] {tau}, 0.5);
    SlowLoss slow = new SlowLoss(views, 0.5);
    double h = 1e-5;
    for (int row = 0; row < u.length; row++) {
      for (int d = 0; d < u[row].length; d++) {
        double middle = u[row][d];
        u[row][d] = middle + h;
        double above = slow.loss(u, tau);
        u[row][d] = middle - h;
        double below = slow.loss(u, tau);
        u[row][d] = middle;
        assertThat(evaluation.gradient[row][d])
            .as("d loss / d u[%d][%d]", row, d)
            .isCloseTo((above - below) / (2 * h), within(1e-8));
      }
    }
  }

  @Test
  void evaluate_viewsAndGroupsReordered_sameLossAndReorderedGradient() {
    int groups = 3;
    int views = 4;
    double[][] u = random(groups * views, 6, 21);
    double[] tau = {0.1, 0.3, 0.5};
    Evaluation straight = evaluate(u, groups, views, tau, 0.5);

    double[][] reversed = u.clone(); // last group first, and in it the last view
    Collections.reverse(Arrays.asList(reversed));
    Evaluation backward = evaluate(reversed, groups, views, new double[] {0.5, 0.3, 0.1}, 0.5);

    assertThat(backward.result.loss()).isCloseTo(straight.result.loss(), within(1e-14));
    for (int row = 0; row < u.length; row++) {
      assertThat(backward.gradient[u.length - 1 - row])
          .containsExactly(straight.gradient[row], Offset.offset(1e-14));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 0.9})
  void evaluate_allEmbeddingsEqual_isLogOfOnePlusNegatives(double tau) {
    double[][] u = new double[12][];
    Arrays.setAll(u, row -> new double[] {row + 1, 2 * row + 2});
    Evaluation evaluation = evaluate(u, 4, 3, new double[] {tau}, 0.25);
    assertThat(evaluation.result.loss()).isCloseTo(Math.log1p(9), within(1e-12));
    assertThat(evaluation.result.clampedFraction()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05, 0.3})
  void evaluate_orthogonalGroups_hasClosedForm(double tau) {
    int groups = 3;
    double temperature = 0.5;
    double[][] u = new double[6][3];
    for (int row = 0; row < 6; row++) {
      u[row][row / 2] = row + 1;
    }
    double e = Math.exp(1 / temperature);
    double raw = (1 - tau * e) / (1 - tau);
    double g = Math.max(raw, 1 / e);
    Evaluation evaluation = evaluate(u, groups, 2, new double[] {tau}, temperature);
    assertThat(evaluation.result.loss()).isCloseTo(Math.log1p(4 * g / e), within(1e-13));
    assertThat(evaluation.result.clampedFraction()).isEqualTo(raw < 1 / e ? 1 : 0);
  }

  @Test
  void evaluate_priorZero_isTheBiasedLoss() {
    int views = 3;
    double[][] u = random(15, 8, 4);
    double biased = 0;
    for (int i = 0; i < u.length; i++) {
      double negatives = 0;
      for (int j = 0; j < u.length; j++) {
        negatives += j / views == i / views ? 0 : Math.exp(cosine(u[i], u[j]) / 0.3);
      }
      for (int p = i / views * views; p < (i / views + 1) * views; p++) {
        double positive = Math.exp(cosine(u[i], u[p]) / 0.3);
        biased -= p == i ? 0 : Math.log(positive / (positive + negatives));
      }
    }
    Evaluation evaluation = evaluate(u, 5, views, new double[] {0}, 0.3);
    assertThat(evaluation.result.loss()).isCloseTo(biased / (15 * 2), within(1e-12));
    assertThat(evaluation.result.clampedFraction()).isZero();
  }

  @Test
  void evaluate_onePriorForAll_equalsTheSamePriorForEachGroup() {
    double[][] u = random(10, 4, 9);
    Evaluation one = evaluate(u, 5, 2, new double[] {0.2}, 0.5);
    Evaluation each = evaluate(u, 5, 2, new double[] {0.2, 0.2, 0.2, 0.2, 0.2}, 0.5);
    assertThat(each.result).isEqualTo(one.result);
    assertThat(each.gradient).isDeepEqualTo(one.gradient);
  }

  @Test
  void evaluate_gradientIntoProjections_isTheSameGradient() {
    double[][] u = random(8, 4, 10);
    Evaluation apart = evaluate(u, 4, 2, new double[] {0.1}, 0.5);
    INDArray both = Nd4j.createFromArray(u);
    try (var loss = new DebiasedContrastiveLoss(4, 2, 4, 0.5, DataType.DOUBLE)) {
      loss.evaluate(both, new double[] {0.1}, both);
    }
    assertThat(both.toDoubleMatrix()).isDeepEqualTo(apart.gradient);
  }

  @Test
  void evaluate_calledAgain_dependsOnNothingBefore() {
    double[][] u = random(8, 4, 12);
    Evaluation fresh = evaluate(u, 4, 2, new double[] {0.1}, 0.5);
    INDArray gradient = Nd4j.create(DataType.DOUBLE, 8, 4);
    try (var loss = new DebiasedContrastiveLoss(4, 2, 4, 0.5, DataType.DOUBLE)) {
      INDArray notFinite = Nd4j.valueArrayOf(new long[] {8, 4}, Double.NaN, DataType.DOUBLE);
      assertThat(loss.evaluate(notFinite, new double[] {0.6}, gradient).loss()).isNaN();
      Result result = loss.evaluate(Nd4j.createFromArray(u), new double[] {0.1}, gradient);
      assertThat(result).isEqualTo(fresh.result);
    }
    assertThat(gradient.toDoubleMatrix()).isDeepEqualTo(fresh.gradient);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void evaluate_projectionsOfLengthZero_staysFinite(DataType type) {
    INDArray gradient = Nd4j.create(type, 6, 4);
    try (var loss = new DebiasedContrastiveLoss(3, 2, 4, 0.5, type)) {
      Result result = loss.evaluate(Nd4j.create(type, 6, 4), new double[] {0.1}, gradient);
      assertThat(result.loss()).isCloseTo(Math.log1p(4), within(1e-6));
    }
    assertThat(Arrays.stream(gradient.castTo(DataType.DOUBLE).data().asDouble()))
        .allMatch(Double::isFinite);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void readPairs_afterEvaluate_givesEachPairOnce(DataType type) {
    int groups = 3;
    int views = 3;
    double[][] u = random(9, 4, 14);
    try (var loss = new DebiasedContrastiveLoss(groups, views, 4, 0.5, type)) {
      assertThat(loss.positivePairs()).isEqualTo(9);
      assertThat(loss.negativePairs()).isEqualTo(27);
      loss.evaluate(
          Nd4j.createFromArray(u).castTo(type), new double[] {0.1}, Nd4j.create(type, 9, 4));
      float[] positive = new float[9];
      float[] negative = new float[27];
      loss.readPairs(positive, negative);

      int p = 0;
      int n = 0;
      for (int i = 0; i < 9; i++) {
        for (int j = i + 1; j < 9; j++) {
          float actual = i / views == j / views ? positive[p++] : negative[n++];
          assertThat(actual).isCloseTo((float) cosine(u[i], u[j]), within(1e-6f));
        }
      }
      for (int i = 0; i < 9; i++) {
        assertThat(loss.embeddings().getRow(i).norm2Number().doubleValue())
            .isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void constructor_valueOutOfRange_namesRuleAndValue() {
    rejects("temperature must be > 0 and finite, but was -1.0", 2, 2, 8, -1, DataType.FLOAT);
    rejects("temperature must be > 0 and finite, but was NaN", 2, 2, 8, Double.NaN, DataType.FLOAT);
    rejects("temperature must be >= 0.026 in FLOAT", 2, 2, 8, 0.02, DataType.FLOAT);
    rejects("groups must be at least 2, but was 1", 1, 2, 8, 0.5, DataType.FLOAT);
    rejects("views must be at least 2, but was 1", 2, 1, 8, 0.5, DataType.FLOAT);
    rejects("dim must be at least 1, but was 0", 2, 2, 0, 0.5, DataType.FLOAT);
    rejects("type must be FLOAT or DOUBLE, but was BOOL", 2, 2, 8, 0.5, DataType.BOOL);
  }

  @Test
  void evaluate_argumentOutOfRange_namesRuleAndValue() {
    INDArray good = Nd4j.create(DataType.FLOAT, 4, 8);
    INDArray transposed = Nd4j.create(DataType.FLOAT, 8, 4);
    INDArray wide = Nd4j.create(DataType.DOUBLE, 4, 8);
    double[] tau = {0.1};
    try (var loss = new DebiasedContrastiveLoss(2, 2, 8, 0.5, DataType.FLOAT)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> loss.evaluate(good, new double[] {1}, good))
          .withMessage("tau must lie in [0, 1), but was 1.0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> loss.evaluate(good, new double[] {0.1, -0.1}, good))
          .withMessage("tau must lie in [0, 1), but was -0.1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> loss.evaluate(good, new double[3], good))
          .withMessage("tau must hold 1 value or one for each of 2 groups, but held 3");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> loss.evaluate(transposed, tau, good))
          .withMessage("projections must have shape (4, 8), but had [8, 4]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> loss.evaluate(good, tau, wide))
          .withMessage("gradientOut must be of type FLOAT, but was DOUBLE");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> loss.readPairs(new float[2], new float[3]))
          .withMessage("negative must hold 4 values, but held 3");
    }
  }

  private static void rejects(
      String message, int groups, int views, int dim, double temperature, DataType type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DebiasedContrastiveLoss(groups, views, dim, temperature, type))
        .withMessageContaining(message);
  }

  private record Evaluation(Result result, double[][] gradient) {}

  private static Evaluation evaluate(
      double[][] u, int groups, int views, double[] tau, double temperature) {
    INDArray gradient = Nd4j.create(DataType.DOUBLE, u.length, u[0].length);
    try (var loss =
        new DebiasedContrastiveLoss(groups, views, u[0].length, temperature, DataType.DOUBLE)) {
      Result result = loss.evaluate(Nd4j.createFromArray(u), tau, gradient);
      return new Evaluation(result, gradient.toDoubleMatrix());
    }
  }

  /** The definition, anchor by anchor and pair by pair. */
  private static final class SlowLoss {
    private final int views;
    private final double temperature;
    double clamped;

    SlowLoss(int views, double temperature) {
      this.views = views;
      this.temperature = temperature;
    }

    double loss(double[][] u, double... tau) {
      clamped = 0;
      double total = 0;
      for (int anchor = 0; anchor < u.length; anchor++) {
        total += anchorLoss(u, anchor, tau[tau.length == 1 ? 0 : anchor / views]);
      }
      return total / u.length;
    }

    private double anchorLoss(double[][] u, int anchor, double tau) {
      double[] similarity = Arrays.stream(u).mapToDouble(v -> cosine(u[anchor], v)).toArray();
      double positive = 0;
      double negative = 0;
      for (int j = 0; j < u.length; j++) {
        double e = Math.exp(similarity[j] / temperature);
        if (j / views != anchor / views) {
          negative += e;
        } else if (j != anchor) {
          positive += e;
        }
      }
      int count = u.length - views;
      double raw = (negative / count - tau * positive / (views - 1)) / (1 - tau);
      double floor = Math.exp(-1 / temperature);
      clamped += raw < floor ? 1 : 0;
      double loss = 0;
      for (int p = anchor / views * views; p < (anchor / views + 1) * views; p++) {
        double e = Math.exp(similarity[p] / temperature);
        loss -= p == anchor ? 0 : Math.log(e / (e + count * Math.max(raw, floor)));
      }
      return loss / (views - 1);
    }
  }

  private static double cosine(double[] a, double[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return dot / Math.sqrt(aa * bb);
  }

  private static double[][] random(int rows, int dim, long seed) {
    Random random = new Random(seed);
    double[][] u = new double[rows][dim];
    for (double[] row : u) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return u;
  }

  private static double[][] nearGroups(int groups, int views, int dim, double spread) {
    double[][] u = random(groups * views, dim, 31);
    double[][] base = random(groups, dim, 32);
    for (int row = 0; row < u.length; row++) {
      for (int d = 0; d < dim; d++) {
        u[row][d] = base[row / views][d] + spread * u[row][d];
      }
    }
    return u;
  }
}
