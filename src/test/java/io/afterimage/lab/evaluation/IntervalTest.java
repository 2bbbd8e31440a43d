package io.afterimage.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void of_fiveValues_isStudentsInterval() {
    Interval interval = Interval.of(1, 2, 3, 4, 5);
    assertThat(interval.mean()).isEqualTo(3);
    // t(0.975, 4) = 2.7764451, standard error = sqrt(2.5 / 5)
    assertThat(interval.half()).isCloseTo(2.7764451 * Math.sqrt(0.5), within(1e-6));
    assertThat(interval).hasToString("3.000 ± 1.963");
  }

  @Test
  void of_oneValue_hasNoWidth() {
    assertThat(Interval.of(0.5).half()).isNaN();
    assertThat(Interval.of(0.5)).hasToString("0.500");
  }
}
