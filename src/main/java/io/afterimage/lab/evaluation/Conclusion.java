package io.afterimage.lab.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * The conclusion of an evaluation.
 *
 * @param sentence default, biased and oracle with their intervals, over all streams that have them
 * @param passed whether the default's mean is not below that of the biased loss
 */
public record Conclusion(String sentence, boolean passed) {
  static Conclusion of(Outcomes outcomes) {
    List<double[]> rows = new ArrayList<>();
    for (String stream : outcomes.streams()) {
      for (long seed : outcomes.bySeed(stream, Method.DEFAULT).keySet()) {
        Outcome biased = outcomes.bySeed(stream, Method.BIASED).get(seed);
        Outcome oracle = outcomes.bySeed(stream, Method.ORACLE).get(seed);
        if (biased != null && oracle != null) {
          rows.add(
              new double[] {
                outcomes.bySeed(stream, Method.DEFAULT).get(seed).last().linear(),
                biased.last().linear(),
                oracle.last().linear()
              });
        }
      }
    }
    if (rows.isEmpty()) {
      return new Conclusion(
          "No stream has outcomes of all of %s, %s and %s; there is no conclusion."
              .formatted(Method.DEFAULT, Method.BIASED, Method.ORACLE),
          false);
    }
    Interval difference = Interval.of(rows.stream().mapToDouble(row -> row[0] - row[1]).toArray());
    return new Conclusion(
        ("Linear probe over %d runs each: default (%s) %s, biased %s, oracle %s; default minus"
                + " biased, paired: %s.")
            .formatted(
                rows.size(),
                Method.DEFAULT,
                column(rows, 0),
                column(rows, 1),
                column(rows, 2),
                difference.signed()),
        difference.mean() >= 0);
  }

  private static Interval column(List<double[]> rows, int index) {
    return Interval.of(rows.stream().mapToDouble(row -> row[index]).toArray());
  }
}
