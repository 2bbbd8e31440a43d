package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingTest {
  private final Training training = new Training();

  @Test
  void standing_beforeTheFirstStep_isUnknown() {
    assertThat(training.standing(0)).isNull();
  }

  @Test
  void standing_running_saysItsRates() {
    add(1, 10_000);
    add(2, 11_000);
    add(3, 12_000);
    Training.Standing standing = training.standing(12_500);
    assertThat(standing.report().step()).isEqualTo(3);
    assertThat(standing.stepsPerSecond()).isEqualTo(1);
    assertThat(standing.framesPerSecond()).isEqualTo(60);
  }

  @Test
  void standing_afterALongSilence_hasNoRate() {
    add(1, 10_000);
    add(2, 11_000);
    assertThat(training.standing(3_600_000).stepsPerSecond()).isZero();
  }

  @Test
  void add_repeatedStep_isLeftOut() {
    add(1, 1000);
    add(2, 2000);
    add(2, 3000);
    assertThat(training.standing(3000).millis()).isEqualTo(2000);
    assertThat(training.since(-1, 0).end()).isEqualTo(2);
  }

  @Test
  void add_firstStepAgain_isANewRun() {
    add(1, 1000);
    add(2, 2000);
    long revision = training.since(-1, 0).revision();
    add(1, 5000);
    assertThat(training.since(-1, 0).end()).isEqualTo(1);
    assertThat(training.since(-1, 0).revision()).isNotEqualTo(revision);
  }

  @Test
  void since_pointsThatTheReaderHas_areLeftOutButTheLast() {
    for (int step = 1; step <= 5; step++) {
      add(step, 1000L * step);
    }
    Training.Points all = training.since(-1, 0);
    assertThat(all.from()).isZero();
    add(6, 6000);
    Training.Points more = training.since(all.revision(), all.end());
    assertThat(more.from()).isEqualTo(4);
    assertThat(more.end()).isEqualTo(6);
  }

  private void add(long step, long millis) {
    training.add(WatchedRun.report(step), millis);
  }
}
