package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {
  private static final long START = 1_700_000_000_500L;
  private final RateMeter meter = new RateMeter();

  @Test
  void perSecond_beforeAnything_isZero() {
    assertThat(meter.perSecond(START)).isZero();
  }

  @Test
  void perSecond_withinTheFirstSecond_isWhatCame() {
    mark(START, 3);
    assertThat(meter.perSecond(START + 400)).isEqualTo(3);
  }

  @Test
  void perSecond_later_isTheMeanOfTheWholeSeconds() {
    mark(START, 4);
    mark(START + 1000, 8);
    mark(START + 2000, 100);
    assertThat(meter.perSecond(START + 2000)).isEqualTo(6);
  }

  @Test
  void perSecond_countsTenSecondsBack() {
    mark(START, 50);
    mark(START + 1000, 20);
    assertThat(meter.perSecond(START + 10_000)).isEqualTo(7);
    assertThat(meter.perSecond(START + 11_000)).isEqualTo(2);
    assertThat(meter.perSecond(START + 12_000)).isZero();
  }

  @Test
  void perSecond_afterALongSilence_isZero() {
    mark(START, 50);
    assertThat(meter.perSecond(START + 1_000_000_000)).isZero();
    mark(START + 1_000_000_000, 5);
    assertThat(meter.perSecond(START + 1_000_001_000)).isEqualTo(0.5);
  }

  @Test
  void mark_clockSetBack_countsInTheLatestSecond() {
    mark(START, 2);
    mark(START - 5000, 2);
    assertThat(meter.perSecond(START + 1000)).isEqualTo(4);
  }

  private void mark(long millis, int times) {
    for (int i = 0; i < times; i++) {
      meter.mark(millis);
    }
  }
}
