package io.afterimage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameRateLimitTest {
  private final FrameRateLimit limit = new FrameRateLimit(60);

  @Test
  void accept_aFlood_isCutToTheRateAfterTheFirstSecond() {
    int first = 0;
    int rest = 0;
    for (int i = 0; i < 500 * 10; i++) {
      boolean accepted = limit.accept("flood", i * 2L);
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
      assertThat(limit.accept("camera", i * 17L + random.nextInt(500))).isTrue();
    }
  }

  @Test
  void accept_otherCameras_areCountedByThemselves() {
    for (int i = 0; i < 5_000; i++) {
      limit.accept("flood", i * 2L);
      assertThat(i % 100 != 0 || limit.accept("camera", i * 2L)).isTrue();
    }
  }

  @Test
  void accept_aClockThatStandsStill_passesOneSecondOfFrames() {
    int accepted = 0;
    for (int i = 0; i < 1_000; i++) {
      accepted += limit.accept("stopped", 5) ? 1 : 0;
    }

    assertThat(accepted).isEqualTo(60);
  }

  @Test
  void accept_aClockThatWasSetBack_isFollowed() {
    limit.accept("camera", 3_600_000);
    int accepted = 0;
    for (int i = 0; i < 300; i++) {
      accepted += limit.accept("camera", i * 40L) ? 1 : 0;
    }

    assertThat(accepted).isEqualTo(300);
  }

  @Test
  void accept_lessThanOneFrameASecond_passesOneInTime() {
    FrameRateLimit slow = new FrameRateLimit(0.5);

    assertThat(slow.accept("camera", 0)).isTrue();
    assertThat(slow.accept("camera", 1_999)).isFalse();
    assertThat(slow.accept("camera", 2_000)).isTrue();
  }

  @Test
  void read_whatWasWritten_goesOnAlike() throws IOException {
    FrameRateLimit restored = new FrameRateLimit(60);
    for (int i = 0; i < 777; i++) {
      limit.accept("a", i * 3L);
      limit.accept("b", i * 7L);
    }
    restored.read(written(limit));

    for (int i = 777; i < 3_000; i++) {
      assertThat(restored.accept("a", i * 3L)).isEqualTo(limit.accept("a", i * 3L));
      assertThat(restored.accept("b", i * 7L)).isEqualTo(limit.accept("b", i * 7L));
    }
  }

  @Test
  void read_twoThatKnewACamera_takesTheLater() throws IOException {
    FrameRateLimit later = new FrameRateLimit(60);
    limit.accept("a", 0);
    for (int i = 0; i < 100; i++) {
      later.accept("a", 1_000);
    }
    FrameRateLimit restored = new FrameRateLimit(60);
    restored.read(written(later));
    restored.read(written(limit));

    assertThat(restored.accept("a", 1_000)).isFalse();
  }

  @Test
  void accept_moreCamerasThanAreKept_forgetsTheLongestSilent() {
    for (int i = 0; i < 60; i++) {
      limit.accept("first", 0);
    }
    assertThat(limit.accept("first", 0)).isFalse();
    for (int i = 0; i < FrameRateLimit.MAX_CAMERAS; i++) {
      limit.accept("camera-" + i, 0);
    }

    assertThat(limit.accept("first", 0)).isTrue();
  }

  @Test
  void constructor_noRate_isRefused() {
    assertThatThrownBy(() -> new FrameRateLimit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("framesPerSecond");
  }

  private static DataInputStream written(FrameRateLimit limit) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    limit.write(new DataOutputStream(bytes));
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
