package io.afterimage.stream.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.gateway.GatewayMetrics;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboards, rules, drills and the page ask for metrics that exist. */
class MonitoringTest {
  /** Metrics of operators that Flink's Kafka connector registers. */
  private static final Set<String> OF_THE_CONNECTOR = Set.of(MetricTable.PREFIX + "pendingRecords");

  private static final Path MONITORING = Path.of("src/main/monitoring");
  private static final Path JOBS = Path.of("jobs");
  private static final Path PAGE =
      Path.of("src/main/java/io/afterimage/page/PrometheusNumbers.java");

  @Test
  void metricsOfOperators_exist() throws IOException {
    Set<String> asked =
        new TreeSet<>(asked("\\b" + MetricTable.PREFIX + "(\\w+)", MONITORING, JOBS));
    // Scripts and the page put the end of a name behind a prefix of their own.
    asked.addAll(asked("\\bmean (learner_\\w+|frames_\\w+)", JOBS));
    asked.addAll(prefixed("learner_", asked("\\blearner_metric (\\w+)", JOBS)));
    asked.addAll(asked("OPERATOR \\+ \"(\\w+)", PAGE));
    asked.remove("learner_"); // A script adds the rest.

    Set<String> known = new TreeSet<>(MetricTable.names());
    known.addAll(OF_THE_CONNECTOR);
    assertThat(prefixed(MetricTable.PREFIX, asked)).hasSizeGreaterThan(20).isSubsetOf(known);
  }

  @Test
  void metricsOfTheGateway_exist() throws IOException {
    CollectorRegistry registry = new CollectorRegistry();
    new GatewayMetrics(registry);
    Set<String> known = new TreeSet<>();
    for (var family : Collections.list(registry.metricFamilySamples())) {
      known.addAll(Arrays.asList(family.getNames()));
    }

    assertThat(prefixed("afterimage_gateway_", asked("\\bafterimage_gateway_(\\w+)", MONITORING)))
        .isNotEmpty()
        .isSubsetOf(known);
  }

  @Test
  void recordedSeries_areDefinedByARule() throws IOException {
    assertThat(asked("\\b(afterimage:\\w+)", MONITORING, JOBS))
        .isNotEmpty()
        .isSubsetOf(asked("record: (afterimage:\\w+)", MONITORING.resolve("rules")));
  }

  private static List<String> prefixed(String prefix, Set<String> names) {
    return names.stream().map(name -> prefix + name).toList();
  }

  /** The first group of every match in files and in the files of folders. */
  private static Set<String> asked(String pattern, Path... where) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : where) {
      try (Stream<Path> below = Files.walk(path)) {
        below.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    Set<String> found = new TreeSet<>();
    for (Path file : files) {
      Pattern.compile(pattern)
          .matcher(Files.readString(file))
          .results()
          .forEach(match -> found.add(match.group(1)));
    }
    return found;
  }
}
