package io.afterimage.page;

import io.afterimage.train.StepReport;
import io.afterimage.wire.StepReportJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Training progress from the topic of step reports: the curves of the run, the newest step, and
 * rates. Reports that a restored job repeats are ignored; a first step begins a new run.
 * Thread-safe.
 */
final class Training {
  private static final int POINTS = 1200;
  private static final int SUMMED_STEPS = 50;
  private static final long RATE_MILLIS = 15_000;

  private final TrainingCurves curves = new TrainingCurves(POINTS);
  private final Histograms positive = new Histograms(SUMMED_STEPS);
  private final Histograms negative = new Histograms(SUMMED_STEPS);
  private final Deque<Moment> recent = new ArrayDeque<>();
  private @Nullable Similarity first;
  private @Nullable StepReport newest;
  private long skipped;

  private record Moment(long millis, long step, long frames) {}

  /**
   * The current state of training.
   *
   * @param report of the newest step
   * @param millis when it was written (milliseconds since 1970, UTC)
   * @param stepsPerSecond rate of the last seconds (1/s); 0 without recent steps
   * @param framesPerSecond rate of frames given to the learner in the last seconds (1/s)
   * @param skippedSteps steps of this run that were skipped
   * @param similarity of the last steps
   * @param firstSimilarity of the run's first steps; null unless they were seen
   */
  record Standing(
      StepReport report,
      long millis,
      double stepsPerSecond,
      double framesPerSecond,
      long skippedSteps,
      Similarity similarity,
      @Nullable Similarity firstSimilarity) {}

  /**
   * Points of the curves that a reader lacks.
   *
   * @param revision to pass with the next request
   * @param from index of the first point; the reader discards its own points from there on
   * @param columns by name
   */
  record Points(long revision, int from, Map<String, Object> columns) {
    /** The reader's number of points after this update. */
    int end() {
      return from + ((long[]) columns.get("step")).length;
    }
  }

  /** Adds a record of the topic. */
  void accept(ConsumerRecord<byte[], byte[]> message) {
    try {
      add(StepReportJson.read(message.value()), message.timestamp());
    } catch (IOException e) {
      throw new UncheckedIOException("not a step report", e);
    }
  }

  /**
   * Adds a report.
   *
   * @param millis when it was written (milliseconds since 1970, UTC)
   */
  synchronized void add(StepReport report, long millis) {
    if (newest != null && report.step() == 1) {
      clear();
    } else if (newest != null && report.step() <= newest.step()) {
      return;
    }
    newest = report;
    if (report.skipped()) {
      skipped++;
    }
    curves.add(report, millis);
    positive.add(report.positiveHistogram());
    negative.add(report.negativeHistogram());
    recent.add(new Moment(millis, report.step(), report.framesSeen()));
    while (recent.size() > 2 && millis - recent.element().millis() > RATE_MILLIS) {
      recent.remove();
    }
    if (first == null && report.step() == SUMMED_STEPS && positive.size() == SUMMED_STEPS) {
      first = similarity(report.step());
    }
  }

  private void clear() {
    curves.clear();
    positive.clear();
    negative.clear();
    recent.clear();
    first = null;
    skipped = 0;
  }

  private Similarity similarity(long step) {
    return new Similarity(step - positive.size() + 1, step, positive.sum(), negative.sum());
  }

  /**
   * The current state of training; null before the first step.
   *
   * @param nowMillis the clock (milliseconds since 1970, UTC)
   */
  synchronized @Nullable Standing standing(long nowMillis) {
    StepReport report = newest;
    if (report == null) {
      return null;
    }
    Moment from = recent.getFirst();
    Moment to = recent.getLast();
    double seconds = (to.millis() - from.millis()) / 1000.0;
    boolean running = seconds > 0 && nowMillis - to.millis() < RATE_MILLIS;
    return new Standing(
        report,
        to.millis(),
        running ? (to.step() - from.step()) / seconds : 0,
        running ? (to.frames() - from.frames()) / seconds : 0,
        skipped,
        similarity(report.step()),
        first);
  }

  /**
   * The points that a reader lacks; its last point may have changed and is repeated.
   *
   * @param revision that of the points it has; -1 if it has none
   * @param end how many points it has
   */
  synchronized Points since(long revision, int end) {
    int from = revision == curves.revision() ? Math.max(0, Math.min(end, curves.size()) - 1) : 0;
    return new Points(curves.revision(), from, curves.columns(from));
  }
}
