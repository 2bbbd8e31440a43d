package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.wire.FrameEmbedding;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  private static final List<FrameEmbedding> FRAMES =
      List.of(
          Embeddings.of("a", 0, 0, 1, 0),
          Embeddings.of("a", 9_999, 1, 1, 0),
          Embeddings.of("a", 10_000, 2, 0.6f, 0.8f),
          Embeddings.of("b", 0, 3, 0.8f, 0.6f),
          Embeddings.of("b", 0, 4, 0, 1));
  private static final List<float[]> VECTORS = FRAMES.stream().map(FrameEmbedding::vector).toList();

  @Test
  void nearest_isSortedAndLeavesTheFrameItselfOut() {
    assertThat(indices(10, false)).containsExactly(1, 3, 2, 4);
    assertThat(Neighbours.nearest(VECTORS, FRAMES, 0, 10, false))
        .extracting(Neighbours.Neighbour::similarity)
        .containsExactly(1.0, (double) 0.8f, (double) 0.6f, 0.0);
  }

  @Test
  void nearest_fewerThanThereAre_areTheMostAlike() {
    assertThat(indices(2, false)).containsExactly(1, 3);
  }

  @Test
  void nearest_apart_leavesOutTheSameCamerasMoment() {
    assertThat(indices(10, true)).containsExactly(3, 2, 4);
  }

  private static List<Integer> indices(int count, boolean apart) {
    return Neighbours.nearest(VECTORS, FRAMES, 0, count, apart).stream()
        .map(Neighbours.Neighbour::index)
        .toList();
  }
}
