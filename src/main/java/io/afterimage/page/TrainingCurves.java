package io.afterimage.page;

import io.afterimage.train.StepReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The curves of a whole run in a bounded number of points: when they are full, pairs of adjacent
 * points are merged into their mean, and each later point covers twice as many steps. For one
 * thread.
 */
final class TrainingCurves {
  private final int capacity;
  private final List<Point> points = new ArrayList<>();
  private long stepsPerPoint = 1;
  private long revision;

  /**
   * @param capacity most points, even
   */
  TrainingCurves(int capacity) {
    if (capacity < 2 || capacity % 2 != 0) {
      throw new IllegalArgumentException("capacity must be even and >= 2, but was " + capacity);
    }
    this.capacity = capacity;
  }

  /** The mean of consecutive steps; non-finite values do not count. */
  private static final class Point {
    private final double[] sums = new double[Curve.values().length];
    private final int[] counts = new int[sums.length];
    private int reports;
    private long step;
    private long millis;
    private long frames;

    void add(StepReport report, long timeMillis) {
      for (Curve curve : Curve.values()) {
        double value = curve.of(report);
        if (Double.isFinite(value)) {
          sums[curve.ordinal()] += value;
          counts[curve.ordinal()]++;
        }
      }
      reports++;
      step = report.step();
      millis = timeMillis;
      frames = report.framesSeen();
    }

    void add(Point later) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += later.sums[i];
        counts[i] += later.counts[i];
      }
      reports += later.reports;
      step = later.step;
      millis = later.millis;
      frames = later.frames;
    }

    double mean(Curve curve) {
      int count = counts[curve.ordinal()];
      return count == 0 ? Double.NaN : sums[curve.ordinal()] / count;
    }
  }

  /**
   * Adds the next step's report.
   *
   * @param timeMillis when it was written (milliseconds since 1970, UTC)
   */
  void add(StepReport report, long timeMillis) {
    if (points.isEmpty() || points.get(points.size() - 1).reports >= stepsPerPoint) {
      if (points.size() == capacity) {
        halve();
      }
      points.add(new Point());
    }
    points.get(points.size() - 1).add(report, timeMillis);
  }

  private void halve() {
    List<Point> merged = new ArrayList<>(capacity / 2);
    for (int i = 0; i < points.size(); i += 2) {
      points.get(i).add(points.get(i + 1));
      merged.add(points.get(i));
    }
    points.clear();
    points.addAll(merged);
    stepsPerPoint *= 2;
    revision++;
  }

  void clear() {
    points.clear();
    stepsPerPoint = 1;
    revision++;
  }

  int size() {
    return points.size();
  }

  /** The revision of the points; it changes when final points were merged. */
  long revision() {
    return revision;
  }

  /**
   * The points from an index on, by column: {@code step}, {@code millis} and {@code frames} as of
   * each point's last step, and the mean of each {@link Curve} under its label.
   */
  Map<String, Object> columns(int from) {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("step", numbers(from, point -> point.step));
    columns.put("millis", numbers(from, point -> point.millis));
    columns.put("frames", numbers(from, point -> point.frames));
    for (Curve curve : Curve.values()) {
      columns.put(
          curve.label(),
          points.stream().skip(from).mapToDouble(point -> point.mean(curve)).toArray());
    }
    return columns;
  }

  private long[] numbers(int from, ToLongFunction<Point> number) {
    return points.stream().skip(from).mapToLong(number).toArray();
  }
}
