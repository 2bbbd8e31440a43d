package io.afterimage.local;

import io.afterimage.train.StepReport;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The progress of training by its step reports. */
final class RunProgress {
  /**
   * Steps over which the first and the last losses are averaged, since a single step's loss is
   * noisy.
   */
  static final int LOSS_STEPS = 20;

  /** Least time for a meaningful rate, since reports arrive in bursts (s). */
  private static final double LEAST_SECONDS = 1;

  private static final double NANOS = 1e9;

  private record Moment(long nanos, long step, long frames) {}

  private final Deque<Moment> recent = new ArrayDeque<>();
  private final Deque<Double> lastLosses = new ArrayDeque<>();
  private @Nullable Moment first;
  private @Nullable StepReport newest;
  private double firstLossSum;
  private long losses;

  /**
   * Adds a report.
   *
   * @param nanos its time of arrival, by {@link System#nanoTime}
   */
  void add(StepReport report, long nanos) {
    newest = report;
    if (Double.isFinite(report.loss())) {
      if (losses++ < LOSS_STEPS) {
        firstLossSum += report.loss();
      }
      lastLosses.add(report.loss());
      if (lastLosses.size() > LOSS_STEPS) {
        lastLosses.remove();
      }
    }
    Moment moment = new Moment(nanos, report.step(), report.framesSeen());
    if (first == null) {
      first = moment;
    }
    recent.add(moment);
    while (recent.size() > 2 && nanos - recent.element().nanos() > 10 * NANOS) {
      recent.remove();
    }
  }

  /** The last report; null before the first. */
  @Nullable StepReport newest() {
    return newest;
  }

  long steps() {
    return newest == null ? 0 : newest.step();
  }

  /** Mean loss of the first steps; NaN while they overlap with the last steps. */
  double firstLoss() {
    return losses < 2 * LOSS_STEPS ? Double.NaN : firstLossSum / LOSS_STEPS;
  }

  /** Mean loss of the last steps. */
  double lastLoss() {
    return lastLosses.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Number of steps that {@link #lastLoss} averages. */
  int lastLosses() {
    return lastLosses.size();
  }

  /** Whether the recent rates are known, which takes some steps. */
  boolean ratesKnown() {
    return !recent.isEmpty()
        && recent.getLast().nanos() - recent.getFirst().nanos() >= LEAST_SECONDS * NANOS;
  }

  /** Recent rate of frames (frames/s). */
  double recentFramesPerSecond() {
    return framesPerSecond(recent.getFirst(), recent.getLast());
  }

  /** Recent rate of steps (steps/s). */
  double recentStepsPerSecond() {
    return stepsPerSecond(recent.getFirst(), recent.getLast());
  }

  /** Mean rate of frames from the first step to the last (frames/s). */
  double framesPerSecond() {
    return first == null ? 0 : framesPerSecond(first, recent.getLast());
  }

  /** Mean rate of steps from the first step to the last (steps/s). */
  double stepsPerSecond() {
    return first == null ? 0 : stepsPerSecond(first, recent.getLast());
  }

  private static double framesPerSecond(Moment from, Moment to) {
    return to.nanos() == from.nanos()
        ? 0
        : (to.frames() - from.frames()) * NANOS / (to.nanos() - from.nanos());
  }

  private static double stepsPerSecond(Moment from, Moment to) {
    return to.nanos() == from.nanos()
        ? 0
        : (to.step() - from.step()) * NANOS / (to.nanos() - from.nanos());
  }
}
