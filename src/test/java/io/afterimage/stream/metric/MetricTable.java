package io.afterimage.stream.metric;

import io.afterimage.stream.SnapshotSchedule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The job's own metrics, as Prometheus shows them. */
public final class MetricTable {
  /** The common prefix of the operators' metrics. */
  public static final String PREFIX = "flink_taskmanager_job_task_operator_";

  /** The label of every metric of the learner, whose name Flink puts before the metric's. */
  private static final String LEARNER = "learner";

  private static final List<Row> ROWS =
      Stream.of(
              rows("frames", "", SourceMetrics.ALL),
              rows("decode", "", FrameMetrics.ALL),
              rows("pair", "", PairMetrics.ALL),
              rows("learn", LEARNER, ReportMetrics.ALL),
              rows("learn", LEARNER, BatchMetrics.ALL),
              rows("learn", LEARNER, SnapshotSchedule.METRICS),
              rows("sample", "", EmbedMetrics.OF_SAMPLE),
              rows("embed", "", EmbedMetrics.OF_EMBED))
          .flatMap(rows -> rows)
          .toList();

  private MetricTable() {}

  private record Row(String operator, String label, Metric metric) {
    String name() {
      return label.isEmpty() ? metric.name() : label + "_" + metric.name();
    }

    String labels() {
      return Stream.of(label, metric.label())
          .filter(each -> !each.isEmpty())
          .map(each -> "`" + each + "`")
          .collect(Collectors.joining(", "));
    }
  }

  private static Stream<Row> rows(String operator, String label, List<Metric> metrics) {
    return metrics.stream().map(metric -> new Row(operator, label, metric));
  }

  /** A Markdown table with its head. */
  public static String markdown() {
    return ROWS.stream()
        .map(
            row ->
                "| %s | `%s` | %s | %s |"
                    .formatted(
                        row.operator(), row.name(), row.labels(), row.metric().description()))
        .collect(
            Collectors.joining(
                "\n", "| operator | metric | labels | description |\n|---|---|---|---|\n", "\n"));
  }

  /** Every name in full. */
  public static List<String> names() {
    return ROWS.stream().map(row -> PREFIX + row.name()).toList();
  }
}
