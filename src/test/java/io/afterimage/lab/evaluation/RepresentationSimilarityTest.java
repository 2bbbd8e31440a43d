package io.afterimage.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RepresentationSimilarityTest {
  @Test
  void allThree_ofTheSame_areOne() {
    float[][] x = random(50, 8, 1);
    assertThat(RepresentationSimilarity.meanCosine(x, x)).isCloseTo(1, within(1e-6));
    assertThat(RepresentationSimilarity.neighbourOverlap(x, x, 5)).isEqualTo(1);
    assertThat(RepresentationSimilarity.linearCka(x, x)).isCloseTo(1, within(1e-9));
  }

  @Test
  void geometry_ofARotation_isTheSame_butTheVectorsAreNot() {
    float[][] x = random(50, 2, 1);
    float[][] y = new float[50][];
    for (int i = 0; i < 50; i++) {
      y[i] = new float[] {-x[i][1], x[i][0]};
    }
    assertThat(RepresentationSimilarity.meanCosine(x, y)).isCloseTo(0, within(1e-6));
    assertThat(RepresentationSimilarity.linearCka(x, y)).isCloseTo(1, within(1e-6));
    assertThat(RepresentationSimilarity.neighbourOverlap(random(50, 8, 1), random(50, 8, 1), 5))
        .isEqualTo(1);
  }

  @Test
  void geometry_ofTheUnrelated_isNearChance() {
    float[][] x = random(800, 8, 1);
    float[][] y = random(800, 12, 2);
    double chance = 10 / (2.0 * 799 - 10);
    assertThat(RepresentationSimilarity.neighbourOverlap(x, y, 10))
        .isCloseTo(chance, within(0.004));
    assertThat(RepresentationSimilarity.linearCka(x, y)).isLessThan(0.05);
  }

  /** By hand: centred X = (-1, 0, 1), Y = (-1, 0.5, 0.5): X'Y = 1.5, X'X = 2, Y'Y = 1.5. */
  @Test
  void linearCka_smallCase_isTheClosedForm() {
    float[][] x = {{0}, {1}, {2}};
    float[][] y = {{0}, {1.5f}, {1.5f}};
    assertThat(RepresentationSimilarity.linearCka(x, y))
        .isCloseTo(1.5 * 1.5 / (2 * 1.5), within(1e-12));
  }

  /** By hand: nearest to 0, 10, 25 and 90 degrees, then with the third turned to 80. */
  @Test
  void neighbourOverlap_smallCase_isTheMeanJaccardIndex() {
    float[][] x = {angle(0), angle(10), angle(25), angle(90)};
    float[][] y = {angle(0), angle(10), angle(80), angle(90)};
    assertThat(RepresentationSimilarity.neighbourOverlap(x, y, 1)).isEqualTo(3 / 4.0);
  }

  @Test
  void neighbourOverlap_asManyNeighboursAsFrames_isRefused() {
    float[][] x = random(5, 3, 1);
    assertThatThrownBy(() -> RepresentationSimilarity.neighbourOverlap(x, x, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neighbours must be in [1, 4] for 5 frames, but was 5");
  }

  @Test
  void meanCosine_ofOtherDimensions_isRefused() {
    assertThatThrownBy(() -> RepresentationSimilarity.meanCosine(random(5, 3, 1), random(5, 4, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 and 4");
  }

  private static float[] angle(double degrees) {
    double radians = Math.toRadians(degrees);
    return new float[] {(float) Math.cos(radians), (float) Math.sin(radians)};
  }

  private static float[][] random(int rows, int dimension, long seed) {
    Random random = new Random(seed);
    float[][] values = new float[rows][dimension];
    for (float[] row : values) {
      double square = 0;
      for (int i = 0; i < dimension; i++) {
        row[i] = (float) random.nextGaussian();
        square += row[i] * row[i];
      }
      for (int i = 0; i < dimension; i++) {
        row[i] /= (float) Math.sqrt(square);
      }
    }
    return values;
  }
}
