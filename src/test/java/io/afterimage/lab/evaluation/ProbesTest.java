package io.afterimage.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ProbesTest {
  /** Unit vectors about one axis a class, the first classes rarer than the last. */
  private static LabelledEmbeddings clusters(int classes, int count, double noise, long seed) {
    int dimension = 8;
    Random random = new Random(seed);
    float[] vectors = new float[count * dimension];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i < classes ? i : Math.max(random.nextInt(classes), random.nextInt(classes));
      double square = 0;
      for (int a = 0; a < dimension; a++) {
        double value = (a == labels[i] ? 1 : 0) + noise * random.nextGaussian();
        vectors[i * dimension + a] = (float) value;
        square += value * value;
      }
      for (int a = 0; a < dimension; a++) {
        vectors[i * dimension + a] /= (float) Math.sqrt(square);
      }
    }
    return new LabelledEmbeddings(vectors, labels);
  }

  @Test
  void accuracy_separateClusters_isOne() {
    LabelledEmbeddings training = clusters(4, 200, 0.05, 1);
    LabelledEmbeddings held = clusters(4, 100, 0.05, 2);
    assertThat(NearestNeighbourProbe.accuracy(training, held, 5)).isEqualTo(1);
    assertThat(LinearProbe.accuracy(training, held)).isEqualTo(1);
  }

  @Test
  void accuracy_pureNoise_isChance() {
    LabelledEmbeddings training = clusters(4, 2000, 100, 1);
    LabelledEmbeddings held = clusters(4, 2000, 100, 2);
    assertThat(NearestNeighbourProbe.accuracy(training, held, 5)).isBetween(0.2, 0.3);
    assertThat(LinearProbe.accuracy(training, held)).isBetween(0.2, 0.3);
  }

  @Test
  void accuracy_oneNeighbour_isThatOfTheNearest() {
    LabelledEmbeddings references =
        new LabelledEmbeddings(new float[] {1, 0, 0, 1, 0.6f, 0.8f}, new int[] {0, 1, 0});
    LabelledEmbeddings queries =
        new LabelledEmbeddings(new float[] {0, 1, 0.8f, 0.6f}, new int[] {1, 0});
    assertThat(NearestNeighbourProbe.accuracy(references, queries, 1)).isEqualTo(1);
    // All three vote: class 0 wins everywhere.
    assertThat(NearestNeighbourProbe.accuracy(references, queries, 3)).isEqualTo(0.5);
  }

  @Test
  void accuracy_impossibleArguments_nameThem() {
    LabelledEmbeddings some = clusters(2, 10, 0.1, 1);
    assertThatThrownBy(() -> NearestNeighbourProbe.accuracy(some, some, 11))
        .hasMessage("neighbours must be in [1, 10], but was 11");
    LabelledEmbeddings other = new LabelledEmbeddings(new float[4], new int[] {0, 1});
    assertThatThrownBy(() -> LinearProbe.accuracy(some, other)).hasMessageContaining("8 and 2");
  }
}
