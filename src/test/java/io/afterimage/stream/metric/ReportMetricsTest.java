package io.afterimage.stream.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.train.StepPhases;
import io.afterimage.train.StepReport;
import io.afterimage.train.prior.PriorEstimate;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReportMetricsTest {
  /** The metrics of the second report below. */
  private static final Map<String, Double> NEWEST =
      Map.ofEntries(
          Map.entry("step", 2.0),
          Map.entry("loss", 1.5),
          Map.entry("prior", 0.1),
          Map.entry("prior_lower", 0.05),
          Map.entry("prior_upper", 0.2),
          Map.entry("prior_identified", 1.0),
          Map.entry("prior_of_classes", 0.0),
          Map.entry("clamped_fraction", 0.25),
          Map.entry("positive_similarity", 0.9),
          Map.entry("negative_similarity", -0.1),
          Map.entry("gradient_norm", 3.5),
          Map.entry("embedding_spread", 0.8),
          Map.entry("learning_rate", 1e-3),
          Map.entry("frames_seen", 10.0),
          Map.entry("groups_seen", 9.0),
          Map.entry("memory_fill", 0.5),
          Map.entry("replay_age_seconds", Double.NaN));

  private static final Map<String, Double> PHASES =
      Map.of(
          "phase.wait.seconds", 1e-9,
          "phase.batch.seconds", 2e-9,
          "phase.augment.seconds", 3e-9,
          "phase.forward.seconds", 4e-9,
          "phase.loss.seconds", 5e-9,
          "phase.backward.seconds", 6e-9,
          "phase.update.seconds", 7e-9);

  private final RecordedMetrics recorded = new RecordedMetrics();
  private final ReportMetrics metrics = new ReportMetrics(recorded);

  @Test
  void gauges_beforeTheFirstReport_areNotANumber() {
    assertThat(value("loss")).isNaN();
    assertThat(value("phase.loss.seconds")).isNaN();
    assertThat(value("steps_total")).isZero();
    assertThat(value("native_bytes")).isGreaterThan(1e6);
  }

  @Test
  void gauges_showTheNewestReport_andSumsOfAll() {
    metrics.report(report(1, false));
    metrics.report(report(2, true));

    assertThat(recorded.values()).containsAllEntriesOf(NEWEST).containsAllEntriesOf(PHASES);
    assertThat(value("process_resident_bytes")).isGreaterThan(value("native_bytes"));
    assertThat(value("steps_total")).isEqualTo(2);
    assertThat(value("steps_skipped_total")).isEqualTo(1);
    assertThat(value("phase.forward.seconds_total")).isEqualTo(8e-9);
  }

  @Test
  void buckets_countWhatIsAtMostTheirEnd() {
    metrics.report(report(1, false)); // bins of 0.5: 1 2 3 4

    assertThat(value("similarity.le.-0.6.positive_pairs_total")).isEqualTo(0);
    assertThat(value("similarity.le.-0.5.positive_pairs_total")).isEqualTo(1);
    assertThat(value("similarity.le.0.0.positive_pairs_total")).isEqualTo(3);
    assertThat(value("similarity.le.0.9.positive_pairs_total")).isEqualTo(6);
    assertThat(value("similarity.le.1.0.positive_pairs_total")).isEqualTo(10);
    assertThat(value("similarity.le.1.0.negative_pairs_total")).isEqualTo(7);
  }

  @Test
  void everyMetric_isRegisteredUnderItsDocumentedName() {
    Set<String> registered =
        recorded.values().keySet().stream()
            .map(name -> name.replaceFirst("(phase|le)\\.[-a-z]*[0-9.]*[0-9]?\\.", "$1."))
            .map(name -> name.replace('.', '_'))
            .collect(Collectors.toSet());
    assertThat(registered)
        .containsExactlyInAnyOrderElementsOf(ReportMetrics.ALL.stream().map(Metric::name).toList());
  }

  private double value(String name) {
    return recorded.values().get(name);
  }

  private static StepReport report(long step, boolean skipped) {
    return new StepReport(
        step,
        1.5,
        new PriorEstimate(PriorEstimate.Meaning.EFFECTIVE_PRIOR, 0.1, 0.05, 0.2, true),
        0.25,
        0.9,
        -0.1,
        new int[] {1, 2, 3, 4},
        new int[] {7},
        3.5,
        0.8,
        1e-3,
        skipped,
        10,
        9,
        0.5,
        Double.NaN,
        new StepPhases(1, 2, 3, 4, 5, 6, 7));
  }
}
