package io.afterimage.stream.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.train.StepPhases;
import io.afterimage.train.StepReport;
import io.afterimage.train.prior.PriorEstimate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.NoOpMetricRegistry;
import org.apache.flink.runtime.metrics.groups.GenericMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.junit.jupiter.api.Test;

class ReportMetricsTest {
  private final Map<String, Gauge<?>> gauges = new HashMap<>();
  private final ReportMetrics metrics = new ReportMetrics(new Recorder("", gauges));

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

    assertThat(value("step")).isEqualTo(2);
    assertThat(value("prior_identified")).isEqualTo(1);
    assertThat(value("replay_age_seconds")).isNaN();
    assertThat(value("steps_total")).isEqualTo(2);
    assertThat(value("steps_skipped_total")).isEqualTo(1);
    assertThat(value("phase.forward.seconds")).isEqualTo(4e-9);
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
        gauges.keySet().stream()
            .map(name -> name.replaceFirst("(phase|le)\\.[-a-z]*[0-9.]*[0-9]?\\.", "$1."))
            .map(name -> name.replace('.', '_'))
            .collect(Collectors.toSet());
    assertThat(registered)
        .containsExactlyInAnyOrderElementsOf(ReportMetrics.ALL.stream().map(Metric::name).toList());
  }

  private double value(String name) {
    return ((Number) gauges.get(name).getValue()).doubleValue();
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

  /** Remembers every gauge by its groups and name. */
  private static final class Recorder extends GenericMetricGroup {
    private final String path;
    private final Map<String, Gauge<?>> gauges;

    private Recorder(String path, Map<String, Gauge<?>> gauges) {
      super(
          NoOpMetricRegistry.INSTANCE,
          UnregisteredMetricGroups.createUnregisteredTaskMetricGroup(),
          "recorder");
      this.path = path;
      this.gauges = gauges;
    }

    @Override
    public MetricGroup addGroup(String name) {
      return new Recorder(path + name + ".", gauges);
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Recorder(path + key + "." + value + ".", gauges);
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(path + name, gauge);
      return gauge;
    }
  }
}
