package io.afterimage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.train.StepPhases;
import io.afterimage.train.StepReport;
import io.afterimage.train.prior.PriorEstimate;
import org.junit.jupiter.api.Test;

class RunProgressTest {
  private static final long SECOND = 1_000_000_000;

  private final RunProgress progress = new RunProgress();

  @Test
  void ratesKnown_firstReports_notYet() {
    assertThat(progress.ratesKnown()).isFalse();
    progress.add(report(1, 4), 0);
    assertThat(progress.ratesKnown()).isFalse();
    progress.add(report(2, 4), SECOND / 2);
    assertThat(progress.ratesKnown()).isFalse();
    progress.add(report(9, 4), 2 * SECOND);
    assertThat(progress.ratesKnown()).isTrue();
    assertThat(progress.recentStepsPerSecond()).isEqualTo(4, within(1e-9));
    assertThat(progress.recentFramesPerSecond()).isEqualTo(40, within(1e-9));
  }

  @Test
  void firstLoss_fewSteps_isNotComparedWithTheSameSteps() {
    for (int step = 1; step < 40; step++) {
      progress.add(report(step, 5 - step / 20), 0);
      assertThat(progress.firstLoss()).isNaN();
    }
    progress.add(report(40, 3), 0);
    assertThat(progress.firstLoss()).isEqualTo((19 * 5 + 4) / 20.0, within(1e-9));
    assertThat(progress.lastLoss()).isEqualTo((19 * 4 + 3) / 20.0, within(1e-9));
  }

  @Test
  void lastLoss_fewSteps_saysOfHowMany() {
    for (int step = 1; step <= 5; step++) {
      progress.add(report(step, step), 0);
    }
    assertThat(progress.lastLosses()).isEqualTo(5);
    assertThat(progress.lastLoss()).isEqualTo(3, within(1e-9));
  }

  private static StepReport report(long step, double loss) {
    return new StepReport(
        step,
        loss,
        new PriorEstimate(PriorEstimate.Meaning.EFFECTIVE_PRIOR, 0.1, 0.05, 0.2, true),
        0,
        0,
        0,
        new int[0],
        new int[0],
        0,
        0,
        0,
        false,
        10 * step,
        step,
        0,
        0,
        new StepPhases(0, 0, 0, 0, 0, 0, 0));
  }
}
