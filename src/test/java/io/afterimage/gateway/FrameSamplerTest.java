package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameSamplerTest {
  @Test
  void takes_multipleOfTheRate_takesEveryNth() {
    assertThat(takenMillis(10, 5, 10)).containsExactly(0L, 200L, 400L, 600L, 800L);
  }

  @Test
  void takes_rateThatDoesNotDivide_holdsOnAverage() {
    assertThat(takenMillis(25, 10, 250)).hasSize(100);
    assertThat(takenMillis(30, 7, 300)).hasSize(70);
  }

  @Test
  void takes_slowerStream_takesAll() {
    assertThat(takenMillis(3, 10, 9)).hasSize(9);
  }

  @Test
  void takes_afterAGap_doesNotCatchUp() {
    FrameSampler sampler = new FrameSampler(5);
    assertThat(sampler.takes(0)).isTrue();
    assertThat(sampler.takes(10_000_000)).isTrue();
    assertThat(sampler.takes(10_100_000)).isFalse();
    assertThat(sampler.takes(10_200_000)).isTrue();
  }

  @Test
  void constructor_noRate_throws() {
    assertThatThrownBy(() -> new FrameSampler(0)).hasMessage("fps must be > 0, but was 0.0");
    assertThatThrownBy(() -> new FrameSampler(Double.NaN)).hasMessageContaining("NaN");
  }

  private static List<Long> takenMillis(double streamFps, double fps, int frames) {
    FrameSampler sampler = new FrameSampler(fps);
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      long millis = (long) (1_000 * i / streamFps);
      if (sampler.takes(1_000 * millis)) {
        taken.add(millis);
      }
    }
    return taken;
  }
}
