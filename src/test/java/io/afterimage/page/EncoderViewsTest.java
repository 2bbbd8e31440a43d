package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.wire.FrameEmbedding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderViewsTest {
  private final List<List<FrameEmbedding>> ended = new ArrayList<>();
  private final EncoderViews views = new EncoderViews(ended::add);

  @Test
  void add_nextEncoder_endsTheOneBefore() {
    fill(1, 60);
    assertThat(ended).isEmpty();
    fill(2, 1);
    assertThat(ended).hasSize(1);
    assertThat(ended.get(0)).hasSize(60);
  }

  @Test
  void add_encoderWithTooFewFrames_isNotShown() {
    fill(1, 60);
    fill(2, 59);
    fill(3, 60);
    fill(4, 60);
    assertThat(steps()).containsExactly(1L, 3L, 4L);
    assertThat(ended).hasSize(2);
  }

  @Test
  void add_manyEncoders_keepsTheFirstTheNewestAndSomeBetween() {
    for (int step = 1; step <= 40; step++) {
      fill(step, 60);
    }
    List<Long> steps = steps();
    assertThat(steps).hasSizeLessThanOrEqualTo(17).startsWith(1L).endsWith(39L, 40L);
    for (int i = 1; i < steps.size(); i++) {
      assertThat(steps.get(i) - steps.get(i - 1)).isLessThanOrEqualTo(8);
    }
  }

  private void fill(long step, int frames) {
    for (int i = 0; i < frames; i++) {
      views.add(new FrameEmbedding("a", 1000L * i, step, step, 0, i, new float[] {1}));
    }
  }

  private List<Long> steps() {
    return views.shown().stream().map(EncoderViews.Shown::step).toList();
  }
}
