package io.afterimage.lab.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** All outcomes of an evaluation so far. Safe for use by several threads. */
final class Outcomes {
  private final List<Outcome> all = new ArrayList<>();

  synchronized void add(Outcome outcome) {
    all.add(outcome);
  }

  synchronized List<Outcome> all() {
    return List.copyOf(all);
  }

  synchronized boolean has(String stream, String method, long seed) {
    return all.stream()
        .anyMatch(
            each ->
                each.stream().equals(stream)
                    && each.method().equals(method)
                    && each.seed() == seed);
  }

  synchronized Set<String> streams() {
    Set<String> names = new LinkedHashSet<>();
    all.forEach(each -> names.add(each.stream()));
    return names;
  }

  /** The methods that ran on a stream. */
  synchronized Set<String> methods(String stream) {
    Set<String> names = new LinkedHashSet<>();
    all.stream().filter(each -> each.stream().equals(stream)).forEach(e -> names.add(e.method()));
    return names;
  }

  /** A method's outcomes on a stream by seed. */
  synchronized Map<Long, Outcome> bySeed(String stream, String method) {
    Map<Long, Outcome> found = new TreeMap<>();
    for (Outcome each : all) {
      if (each.stream().equals(stream) && each.method().equals(method)) {
        found.put(each.seed(), each);
      }
    }
    return found;
  }

  /** A final measurement, over seeds. */
  Interval last(String stream, String method, ToDoubleFunction<Measurement> measure) {
    return Interval.of(
        bySeed(stream, method).values().stream()
            .mapToDouble(outcome -> measure.applyAsDouble(outcome.last()))
            .toArray());
  }

  /** The differences between two methods in the final accuracy of the linear probe, by seed. */
  double[] differences(String stream, String method, String other) {
    Map<Long, Outcome> others = bySeed(stream, other);
    return bySeed(stream, method).values().stream()
        .filter(outcome -> others.containsKey(outcome.seed()))
        .mapToDouble(
            outcome -> outcome.last().linear() - others.get(outcome.seed()).last().linear())
        .toArray();
  }

  /**
   * The default's gain over the biased loss less two thirds of the oracle's gain, for the seeds
   * that have all three.
   */
  double[] beyondTwoThirds(String stream) {
    Map<Long, Outcome> biased = bySeed(stream, Method.BIASED);
    Map<Long, Outcome> oracle = bySeed(stream, Method.ORACLE);
    return bySeed(stream, Method.DEFAULT).values().stream()
        .filter(each -> biased.containsKey(each.seed()) && oracle.containsKey(each.seed()))
        .mapToDouble(
            each -> {
              double low = biased.get(each.seed()).last().linear();
              return each.last().linear()
                  - low
                  - (oracle.get(each.seed()).last().linear() - low) * 2 / 3;
            })
        .toArray();
  }
}
