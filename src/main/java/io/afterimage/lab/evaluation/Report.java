package io.afterimage.lab.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The tables and plots of an evaluation. */
final class Report {
  private final EvaluationPlan plan;
  private final Outcomes outcomes;

  Report(EvaluationPlan plan, Outcomes outcomes) {
    this.plan = plan;
    this.outcomes = outcomes;
  }

  /** Writes {@code report.md} and one plot per stream, replacing older ones. */
  void write() throws IOException {
    Path directory = plan.report();
    Files.createDirectories(directory);
    StringBuilder page = new StringBuilder("# Evaluation\n\n" + plan.describe() + "\n");
    for (String stream : outcomes.streams()) {
      page.append(table(stream));
      page.append("\n![linear probe by step](%s.svg)\n".formatted(stream));
      page.append(EstimatorTable.of(outcomes, stream));
      Files.writeString(directory.resolve(stream + ".svg"), curves(stream));
    }
    List<LinePlot.Line> gains =
        Stream.of(gains("balanced"), gains("procedural"))
            .filter(line -> !line.points().isEmpty())
            .toList();
    if (gains.stream().mapToInt(line -> line.points().size()).sum() > 1) {
      Files.writeString(
          directory.resolve("gain-by-classes.svg"),
          new LinePlot("Default minus biased", "classes", "linear probe", gains).svg());
      page.append("\n![gain against the number of classes](gain-by-classes.svg)\n");
    }
    page.append("\n").append(Conclusion.of(outcomes).sentence()).append("\n");
    Files.writeString(directory.resolve("report.md"), page);
  }

  private String table(String stream) {
    StringBuilder table =
        new StringBuilder(
            """

            ## %s

            | method | seeds | linear | k-NN | minus biased (paired) | minus default (paired) | tau+ used | identified \
            | one class | one object | clamped | spread |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """
                .formatted(stream));
    for (String method : outcomes.methods(stream)) {
      table.append(
          "| %s | %d | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  method,
                  outcomes.bySeed(stream, method).size(),
                  outcomes.last(stream, method, Measurement::linear),
                  outcomes.last(stream, method, Measurement::neighbours),
                  difference(stream, method, Method.BIASED),
                  difference(stream, method, Method.DEFAULT),
                  mean(stream, method, Measurement::prior),
                  mean(stream, method, Measurement::identified),
                  mean(stream, method, Measurement::classPrior),
                  mean(stream, method, Measurement::objectPrior),
                  mean(stream, method, Measurement::clamped),
                  mean(stream, method, Measurement::spread)));
    }
    double[] beyond = outcomes.beyondTwoThirds(stream);
    if (beyond.length > 0) {
      table.append(
          "%nThe default's gain over biased, less two thirds of the oracle's: %s.%n"
              .formatted(Interval.of(beyond).signed()));
    }
    return table.toString();
  }

  private String difference(String stream, String method, String other) {
    double[] differences = outcomes.differences(stream, method, other);
    return differences.length == 0 || method.equals(other) ? "" : Interval.of(differences).signed();
  }

  private String mean(
      String stream, String method, java.util.function.ToDoubleFunction<Measurement> measure) {
    double mean = outcomes.last(stream, method, measure).mean();
    return Double.isNaN(mean) ? "" : String.format(Locale.ROOT, "%.3f", mean);
  }

  private String curves(String stream) {
    List<LinePlot.Line> lines = new ArrayList<>();
    for (String method : outcomes.methods(stream)) {
      Map<Double, List<Double>> bySteps = new TreeMap<>();
      for (Outcome outcome : outcomes.bySeed(stream, method).values()) {
        for (Measurement each : outcome.measurements()) {
          bySteps
              .computeIfAbsent((double) each.step(), key -> new ArrayList<>())
              .add(each.linear());
        }
      }
      Map<Double, Interval> points = new TreeMap<>();
      bySteps.forEach(
          (step, values) ->
              points.put(
                  step, Interval.of(values.stream().mapToDouble(Double::doubleValue).toArray())));
      lines.add(line(method, points));
    }
    return new LinePlot(stream, "step", "linear probe", lines).svg();
  }

  /** The default's gain on one kind of balanced streams by their number of classes. */
  private LinePlot.Line gains(String kind) {
    Map<Double, Interval> gains = new TreeMap<>();
    for (String stream : outcomes.streams()) {
      double[] differences = outcomes.differences(stream, Method.DEFAULT, Method.BIASED);
      if (stream.matches(kind + "-\\d+") && differences.length > 0) {
        double classes = Integer.parseInt(stream.substring(kind.length() + 1));
        gains.put(classes, Interval.of(differences));
      }
    }
    return line(kind, gains);
  }

  private static LinePlot.Line line(String name, Map<Double, Interval> points) {
    List<LinePlot.Point> all = new ArrayList<>();
    points.forEach(
        (x, y) -> all.add(new LinePlot.Point(x, y.mean(), Double.isNaN(y.half()) ? 0 : y.half())));
    return new LinePlot.Line(name, all);
  }
}
