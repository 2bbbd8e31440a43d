package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.wire.FrameEmbedding;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderViewTest {
  @Test
  void add_framesOfOneMoment_takesTheFirst() {
    EncoderView view = view(10);
    view.add(Embeddings.of("a", 0, 0, 1));
    view.add(Embeddings.of("a", 399, 1, 1));
    view.add(Embeddings.of("b", 399, 2, 1));
    view.add(Embeddings.of("a", 400, 3, 1));
    assertThat(offsets(view.newest(10))).containsExactly(0L, 2L, 3L);
  }

  @Test
  void add_moreCamerasThanFrames_keepsTheNewestOfAll() {
    EncoderView view = view(100);
    for (int camera = 0; camera < 2000; camera++) {
      view.add(Embeddings.of("camera-" + camera, 0, camera, 1));
    }
    assertThat(view.newest(2000)).hasSize(100).last().extracting("offset").isEqualTo(1999L);
    // Its frame has gone, and so has the memory of its time.
    view.add(Embeddings.of("camera-0", 1, 2000, 1));
    assertThat(offsets(view.newest(1))).containsExactly(2000L);
  }

  @Test
  void add_vectorOfAnotherLength_isLeftOut() {
    EncoderView view = view(10);
    view.add(Embeddings.of("a", 0, 0, 1, 0));
    view.add(Embeddings.of("b", 0, 1, 1));
    assertThat(view.size()).isEqualTo(1);
  }

  private static EncoderView view(int capacity) {
    return new EncoderView(capacity, Embeddings.of("a", 0, 0, 1));
  }

  private static List<Long> offsets(List<FrameEmbedding> frames) {
    return frames.stream().map(FrameEmbedding::offset).toList();
  }
}
