package io.afterimage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameRateLimitTest {
  private final Map<String, RateBucket> buckets = new HashMap<>();
  private FrameRateLimit limit = new FrameRateLimit(60);

  @Test
  void accept_aFlood_isCutToTheRateAfterTheFirstSecond() {
    int first = 0;
    int rest = 0;
    for (int i = 0; i < 500 * 10; i++) {
      boolean accepted = accept("flood", i * 2L);
      if (i < 500) {
        first += accepted ? 1 : 0;
      } else {
        rest += accepted ? 1 : 0;
      }
    }

    assertThat(first).isBetween(119, 120);
    assertThat(rest).isBetween(9 * 60 - 1, 9 * 60 + 1);
  }

  @Test
  void accept_framesWithinTheRateThatJitterAndSwap_passAll() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      assertThat(accept("camera", i * 17L + random.nextInt(500))).isTrue();
    }
  }

  @Test
  void accept_otherCameras_areCountedByThemselves() {
    for (int i = 0; i < 5_000; i++) {
      accept("flood", i * 2L);
      assertThat(i % 100 != 0 || accept("camera", i * 2L)).isTrue();
    }
  }

  @Test
  void accept_aClockThatStandsStill_passesOneSecondOfFrames() {
    int accepted = 0;
    for (int i = 0; i < 1_000; i++) {
      accepted += accept("stopped", 5) ? 1 : 0;
    }

    assertThat(accepted).isEqualTo(60);
  }

  @Test
  void accept_aClockThatWasSetBack_isFollowed() {
    accept("camera", 3_600_000);
    int accepted = 0;
    for (int i = 0; i < 300; i++) {
      accepted += accept("camera", i * 40L) ? 1 : 0;
    }

    assertThat(accepted).isEqualTo(300);
  }

  @Test
  void accept_lessThanOneFrameASecond_passesOneInTime() {
    limit = new FrameRateLimit(0.5);

    assertThat(accept("camera", 0)).isTrue();
    assertThat(accept("camera", 1_999)).isFalse();
    assertThat(accept("camera", 2_000)).isTrue();
  }

  @Test
  void constructor_noRate_isRefused() {
    assertThatThrownBy(() -> new FrameRateLimit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("framesPerSecond");
  }

  private boolean accept(String camera, long captureTimeMillis) {
    RateBucket bucket = limit.fill(buckets.get(camera), captureTimeMillis);
    boolean within = bucket.holdsOne();
    buckets.put(camera, within ? bucket.withoutOne() : bucket);
    return within;
  }
}
