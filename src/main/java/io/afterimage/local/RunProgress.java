package io.afterimage.local;

import io.afterimage.train.StepReport;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What has been learned so far, as the step reports tell it. */
final class RunProgress {
  /** A single step's loss is noisy; the first and the last ones are shown as means over these. */
  static final int LOSS_STEPS = 20;

  /** Reports come in bursts: a rate over less time than this says nothing (s). */
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
   * Takes in a report.
   *
   * @param nanos when it came, by {@link System#nanoTime}
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

  /** Mean loss of the first steps; NaN while the last steps are partly the same ones. */
  double firstLoss() {
    return losses < 2 * LOSS_STEPS ? Double.NaN : firstLossSum / LOSS_STEPS;
  }

  /** Mean loss of the last steps. */
  double lastLoss() {
    return lastLosses.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Steps that {@link #lastLoss} is the mean of. */
  int lastLosses() {
    return lastLosses.size();
  }

  /** Whether the rates of the last seconds are known: not yet at the first steps. */
  boolean ratesKnown() {
    return !recent.isEmpty()
        && recent.getLast().nanos() - recent.getFirst().nanos() >= LEAST_SECONDS * NANOS;
  }

  /** (frames/s) of the last seconds. */
  double recentFramesPerSecond() {
    return framesPerSecond(recent.getFirst(), recent.getLast());
  }

  /** (steps/s) of the last seconds. */
  double recentStepsPerSecond() {
    return stepsPerSecond(recent.getFirst(), recent.getLast());
  }

  /** (frames/s) from the first step to the last. */
  double framesPerSecond() {
    return first == null ? 0 : framesPerSecond(first, recent.getLast());
  }

  /** (steps/s) from the first step to the last. */
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
