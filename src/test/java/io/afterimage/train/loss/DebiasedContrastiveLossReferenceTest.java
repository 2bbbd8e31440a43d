package io.afterimage.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The loss against values and gradients that PyTorch computed in float64 ({@code debiased_loss.py}
 * beside the cases). Another file of the same form is read with {@code -Dloss.cases=FILE}.
 */
class DebiasedContrastiveLossReferenceTest {
  record Case(
      int groups,
      int views,
      int dim,
      double temperature,
      double[] tau,
      double[] projections,
      double loss,
      double[] gradient,
      double clamped) {}

  record Cases(List<Case> cases) {}

  /** The error of one rounding in float64 if the reference takes the logarithm of nearly 1. */
  private static final double REFERENCE_ROUNDING = Math.ulp(1.0);

  @ParameterizedTest
  @CsvSource({"DOUBLE, 1e-9", "FLOAT, 1e-4"})
  void evaluate_referenceCases_agreesInValueAndGradient(DataType type, double tolerance)
      throws IOException {
    List<Case> cases = cases();
    assertThat(cases).isNotEmpty();
    for (int i = 0; i < cases.size(); i++) {
      check(i, cases.get(i), type, tolerance);
    }
  }

  /** The gradient is compared relative to its largest entry. */
  private static void check(int index, Case expected, DataType type, double tolerance) {
    long[] shape = {(long) expected.groups() * expected.views(), expected.dim()};
    INDArray projections = Nd4j.createFromArray(expected.projections()).reshape(shape).castTo(type);
    INDArray gradient = Nd4j.create(type, shape);
    try (var loss =
        new DebiasedContrastiveLoss(
            expected.groups(), expected.views(), expected.dim(), expected.temperature(), type)) {
      var result = loss.evaluate(projections, expected.tau(), gradient);
      assertThat(result.loss())
          .as("loss of case %d", index)
          .isCloseTo(expected.loss(), within(tolerance * expected.loss() + REFERENCE_ROUNDING));
      assertThat(result.clampedFraction())
          .as("clamped fraction of case %d", index)
          .isCloseTo(expected.clamped(), within(1e-6));
      double largest = Arrays.stream(expected.gradient()).map(Math::abs).max().orElseThrow();
      assertThat(gradient.castTo(DataType.DOUBLE).data().asDouble())
          .as("gradient of case %d", index)
          .containsExactly(
              expected.gradient(),
              Offset.offset(tolerance * largest + REFERENCE_ROUNDING / expected.temperature()));
    }
  }

  private static List<Case> cases() throws IOException {
    ObjectMapper mapper =
        new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    String file = System.getProperty("loss.cases", "");
    try (InputStream in =
        file.isEmpty()
            ? DebiasedContrastiveLossReferenceTest.class.getResourceAsStream("debiased_loss.json")
            : Files.newInputStream(Path.of(file))) {
      return mapper.readValue(in, Cases.class).cases();
    }
  }
}
