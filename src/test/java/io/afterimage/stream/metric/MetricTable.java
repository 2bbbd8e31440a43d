package io.afterimage.stream.metric;

import io.afterimage.stream.SnapshotSchedule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The job's own metrics as a Markdown table for the README. */
public final class MetricTable {
  private static final String PREFIX = "flink_taskmanager_job_task_operator_";
  private static final String LEARNER_GROUP = "learner_";

  private MetricTable() {}

  /** The rows of the README's table of metrics, with its head; names as Prometheus shows them. */
  public static String markdown() {
    return Stream.of(
            rows("decode", "", FrameMetrics.ALL),
            rows("pair", "", PairMetrics.ALL),
            rows("learn", LEARNER_GROUP, ReportMetrics.ALL),
            rows("learn", LEARNER_GROUP, BatchMetrics.ALL),
            rows("learn", LEARNER_GROUP, SnapshotSchedule.METRICS),
            rows("sample", "", EmbedMetrics.OF_SAMPLE),
            rows("embed", "", EmbedMetrics.OF_EMBED))
        .flatMap(rows -> rows)
        .collect(
            Collectors.joining(
                "\n",
                "Each name starts with `%s`.\n\n| operator | metric | label | what it shows |\n|---|---|---|---|\n"
                    .formatted(PREFIX),
                "\n"));
  }

  /** Every name, as Prometheus shows it. */
  public static List<String> names() {
    return Stream.of(
            FrameMetrics.ALL.stream().map(metric -> name("", metric)),
            PairMetrics.ALL.stream().map(metric -> name("", metric)),
            ReportMetrics.ALL.stream().map(metric -> name(LEARNER_GROUP, metric)),
            BatchMetrics.ALL.stream().map(metric -> name(LEARNER_GROUP, metric)),
            SnapshotSchedule.METRICS.stream().map(metric -> name(LEARNER_GROUP, metric)),
            Stream.concat(EmbedMetrics.OF_SAMPLE.stream(), EmbedMetrics.OF_EMBED.stream())
                .map(metric -> name("", metric)))
        .flatMap(names -> names)
        .map(name -> PREFIX + name)
        .toList();
  }

  private static Stream<String> rows(String operator, String group, List<Metric> metrics) {
    return metrics.stream()
        .map(
            metric ->
                "| %s | `%s` | %s | %s |"
                    .formatted(
                        operator,
                        name(group, metric),
                        metric.label().isEmpty() ? "" : "`" + metric.label() + "`",
                        metric.description()));
  }

  /** Flink puts a label's name into the metric's. */
  private static String name(String group, Metric metric) {
    return group + (metric.label().isEmpty() ? "" : metric.label() + "_") + metric.name();
  }
}
