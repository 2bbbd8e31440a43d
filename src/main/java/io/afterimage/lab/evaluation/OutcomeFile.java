package io.afterimage.lab.evaluation;

import io.afterimage.train.prior.PriorEstimate;
import io.afterimage.train.prior.PriorEstimate.Meaning;
import io.afterimage.train.prior.PriorSettings.Estimator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All measurements of an evaluation as comma-separated values, from which it can be resumed: {@code
 * measurements.csv} of encoders and {@code estimates.csv} of the prior's estimators.
 */
final class OutcomeFile {
  private static final List<String> MEASUREMENTS =
      List.of(
          "stream",
          "method",
          "seed",
          "step",
          "linear",
          "neighbours",
          "loss",
          "prior",
          "identified",
          "classPrior",
          "objectPrior",
          "clamped",
          "spread");
  private static final List<String> ESTIMATES =
      List.of(
          "stream",
          "method",
          "seed",
          "step",
          "estimator",
          "meaning",
          "value",
          "lower",
          "upper",
          "identified",
          "classPrior",
          "objectPrior",
          "streamPrior");

  private final CsvFile measurements;
  private final CsvFile estimates;

  private record Key(String stream, String method, long seed) {
    static Key of(List<String> cells) {
      return new Key(cells.get(0), cells.get(1), Long.parseLong(cells.get(2)));
    }
  }

  /**
   * @param settings the settings common to all outcomes of one directory, in one line
   */
  OutcomeFile(Path directory, String settings) {
    measurements = new CsvFile(directory.resolve("measurements.csv"), settings, MEASUREMENTS);
    estimates = new CsvFile(directory.resolve("estimates.csv"), settings, ESTIMATES);
  }

  /**
   * The outcomes that the files hold; none if they do not exist, which creates them.
   *
   * @throws IOException if they belong to another evaluation or are damaged
   */
  List<Outcome> open() throws IOException {
    Map<Key, List<Estimation>> estimations = new LinkedHashMap<>();
    for (List<String> cells : estimates.open()) {
      estimations.computeIfAbsent(Key.of(cells), key -> new ArrayList<>()).add(estimation(cells));
    }
    Map<Key, List<Measurement>> found = new LinkedHashMap<>();
    for (List<String> cells : measurements.open()) {
      found.computeIfAbsent(Key.of(cells), key -> new ArrayList<>()).add(measurement(cells));
    }
    List<Outcome> outcomes = new ArrayList<>();
    found.forEach(
        (key, values) ->
            outcomes.add(
                new Outcome(
                    key.stream(),
                    key.method(),
                    key.seed(),
                    values,
                    estimations.getOrDefault(key, List.of()))));
    return outcomes;
  }

  private static Measurement measurement(List<String> cells) {
    double[] v = new double[cells.size()];
    for (int i = 4; i < v.length; i++) {
      v[i] = Double.parseDouble(cells.get(i));
    }
    return new Measurement(
        Integer.parseInt(cells.get(3)), v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12]);
  }

  private static Estimation estimation(List<String> cells) {
    return new Estimation(
        Integer.parseInt(cells.get(3)),
        Estimator.valueOf(cells.get(4)),
        new PriorEstimate(
            Meaning.valueOf(cells.get(5)),
            Double.parseDouble(cells.get(6)),
            Double.parseDouble(cells.get(7)),
            Double.parseDouble(cells.get(8)),
            Boolean.parseBoolean(cells.get(9))),
        Double.parseDouble(cells.get(10)),
        Double.parseDouble(cells.get(11)),
        Double.parseDouble(cells.get(12)));
  }

  /** Appends a whole outcome. Its measurements come last and mark it as complete. */
  synchronized void append(Outcome outcome) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (Estimation e : outcome.estimations()) {
      PriorEstimate estimate = e.estimate();
      rows.add(
          List.of(
              outcome.stream(),
              outcome.method(),
              outcome.seed(),
              e.step(),
              e.estimator(),
              estimate.meaning(),
              estimate.value(),
              estimate.lower(),
              estimate.upper(),
              estimate.identified(),
              e.classPrior(),
              e.objectPrior(),
              e.streamPrior()));
    }
    estimates.append(rows);
    rows.clear();
    for (Measurement m : outcome.measurements()) {
      rows.add(
          List.of(
              outcome.stream(),
              outcome.method(),
              outcome.seed(),
              m.step(),
              m.linear(),
              m.neighbours(),
              m.loss(),
              m.prior(),
              m.identified(),
              m.classPrior(),
              m.objectPrior(),
              m.clamped(),
              m.spread()));
    }
    measurements.append(rows);
  }
}
