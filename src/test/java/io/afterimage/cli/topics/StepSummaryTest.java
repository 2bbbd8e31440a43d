package io.afterimage.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.train.StepPhases;
import io.afterimage.train.StepReport;
import io.afterimage.train.prior.PriorEstimate;
import org.junit.jupiter.api.Test;

class StepSummaryTest {
  private final StepSummary summary = new StepSummary();

  @Test
  void lines_withoutReports_areZero() {
    assertThat(summary.lines()).contains("reports=0\n", "steps=0\n", "last=0\n", "loss=NaN\n");
  }

  @Test
  void lines_countGapsRepetitionsAndContradictions() {
    summary.add(report(1, 4, 10));
    summary.add(report(2, 3, 20));
    summary.add(report(2, 3, 20));
    summary.add(report(4, 2, 15));
    summary.add(report(4, 2.5, 15));
    assertThat(summary.lines().lines())
        .containsExactly(
            "reports=5",
            "steps=3",
            "first=1",
            "last=4",
            "gaps=1",
            "repeated=2",
            "contradictions=1",
            "backward=1",
            "frames=15",
            "groups=4",
            "loss=2.5",
            "rate=0.001",
            "rate_since=1");
  }

  private static StepReport report(long step, double loss, long frames) {
    return new StepReport(
        step,
        loss,
        new PriorEstimate(PriorEstimate.Meaning.EFFECTIVE_PRIOR, 0.1, 0, 1, true),
        0,
        0.8,
        0.2,
        new int[40],
        new int[40],
        1,
        0.5,
        0.001,
        false,
        frames,
        step,
        0.5,
        1000,
        new StepPhases(1, 1, 1, 1, 1, 1, 1));
  }
}
