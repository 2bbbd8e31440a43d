package io.afterimage.lab.evaluation;

import io.afterimage.train.prior.PriorSettings.Estimator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of the prior's final estimates against the truth. */
final class EstimatorTable {
  private EstimatorTable() {}

  /** A table of one stream; empty if no estimator ran. */
  static String of(Outcomes outcomes, String stream) {
    StringBuilder table = new StringBuilder();
    for (String method : outcomes.methods(stream)) {
      for (Estimator estimator : Estimator.values()) {
        List<Estimation> last = last(outcomes, stream, method, estimator);
        if (!last.isEmpty()) {
          table.append(row(method, estimator, last));
        }
      }
    }
    return table.isEmpty()
        ? ""
        : """

            | trained by | estimator | estimates | seeds | identified | estimate | truth \
            | relative error | within its interval |
            |---|---|---|---|---|---|---|---|---|
            """
            + table;
  }

  private static List<Estimation> last(
      Outcomes outcomes, String stream, String method, Estimator estimator) {
    List<Estimation> last = new ArrayList<>();
    for (Outcome outcome : outcomes.bySeed(stream, method).values()) {
      outcome.estimations().stream()
          .filter(each -> each.estimator() == estimator)
          .filter(each -> each.step() == outcome.last().step())
          .forEach(last::add);
    }
    return last;
  }

  private static String row(String method, Estimator estimator, List<Estimation> last) {
    List<Estimation> identified =
        last.stream().filter(each -> each.estimate().identified()).toList();
    long covered =
        identified.stream()
            .filter(
                each ->
                    each.estimate().lower() <= each.truth()
                        && each.truth() <= each.estimate().upper())
            .count();
    return "| %s | %s | %s | %d | %d | %s | %.3f | %s | %d |%n"
        .formatted(
            method,
            estimator.name().toLowerCase(Locale.ROOT),
            last.get(0).estimate().meaning().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            last.size(),
            identified.size(),
            identified.isEmpty()
                ? "not identified"
                : Interval.of(
                    identified.stream().mapToDouble(each -> each.estimate().value()).toArray()),
            last.stream().mapToDouble(Estimation::truth).average().orElse(Double.NaN),
            identified.isEmpty()
                ? ""
                : Interval.of(identified.stream().mapToDouble(Estimation::relativeError).toArray())
                    .signed(),
            covered);
  }
}
