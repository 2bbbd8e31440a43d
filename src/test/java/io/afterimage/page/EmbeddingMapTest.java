package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingMapTest {
  @Test
  void of_frames_numbersCamerasAndKeepsOrder() {
    EmbeddingMap map =
        EmbeddingMap.of(
            List.of(
                Embeddings.of("yard", 5000, 3, 1, 0),
                Embeddings.of("gate", 6000, 4, 0, 1),
                Embeddings.of("yard", 7000, 9, 0, 1)),
            RunKnowledge.NONE);
    assertThat(map.encoder()).isEqualTo("0000000000000007");
    assertThat(map.step()).isEqualTo(300);
    assertThat(map.cameras()).containsExactly("yard", "gate");
    assertThat(map.camera()).containsExactly(0, 1, 0);
    assertThat(map.millis()).containsExactly(5000, 6000, 7000);
    assertThat(map.offset()).containsExactly(3, 4, 9);
    assertThat(map.objectClass()).containsOnlyNulls();
  }

  @Test
  void of_vectors_areBytesScaledToTheLargest() {
    EmbeddingMap map =
        EmbeddingMap.of(
            List.of(Embeddings.of("a", 0, 0, 0.5f, -1f, 0f), Embeddings.of("a", 0, 1, 0, 0, 0)),
            RunKnowledge.NONE);
    assertThat(map.dimension()).isEqualTo(3);
    assertThat(Base64.getDecoder().decode(map.vectors())).containsExactly(64, -127, 0, 0, 0, 0);
  }
}
