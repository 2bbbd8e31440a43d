package io.afterimage.stream.metric;

import io.afterimage.train.StepPhases;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.NativeMemory;
import io.afterimage.train.prior.PriorEstimate.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Shows the newest report of a learner as metrics. A gauge is NaN before the first report, and
 * where the report has no value.
 */
public final class ReportMetrics {
  private record ReportGauge(Metric metric, ToDoubleFunction<StepReport> value) {}

  private record PhaseGauge(String phase, ToLongFunction<StepPhases> nanos) {}

  private static final List<ReportGauge> GAUGES =
      List.of(
          gauge("step", "Number of the newest step.", StepReport::step),
          gauge("loss", "Debiased contrastive loss.", StepReport::loss),
          gauge("prior", "Class prior tau+ used by the loss.", r -> r.prior().value()),
          gauge(
              "prior_lower",
              "Lower end of the interval around tau+; NaN if the estimator gives none.",
              r -> r.prior().lower()),
          gauge(
              "prior_upper",
              "Upper end of the interval around tau+; NaN if the estimator gives none.",
              r -> r.prior().upper()),
          gauge(
              "prior_identified",
              "1 if the data determine tau+, 0 if the loss uses prior.fixed instead.",
              r -> r.prior().identified() ? 1 : 0),
          gauge(
              "prior_of_classes",
              "1 if tau+ is a class prior; 0 if it is an effective prior, the weighted share"
                  + " of negatives"
                  + " that show the anchor's own object.",
              r -> r.prior().meaning() == Meaning.CLASS_PRIOR ? 1 : 0),
          gauge(
              "clamped_fraction",
              "Share of anchors whose debiased negative term is clamped to its minimum; near"
                  + " 1, the loss"
                  + " no longer separates negatives.",
              StepReport::clampedFraction),
          gauge(
              "positive_similarity",
              "Mean cosine similarity of positive pairs.",
              StepReport::positiveSimilarity),
          gauge(
              "negative_similarity",
              "Mean cosine similarity of negative pairs.",
              StepReport::negativeSimilarity),
          gauge("gradient_norm", "Norm of the gradient before clipping.", StepReport::gradientNorm),
          gauge(
              "embedding_spread",
              "Root mean square distance of the embeddings from their mean: 1 if they cover"
                  + " the sphere,"
                  + " 0 if they have collapsed.",
              StepReport::embeddingSpread),
          gauge("learning_rate", "Learning rate of the step.", StepReport::learningRate),
          gauge(
              "frames_seen",
              "Distinct accepted frames that reached the learner, across restarts.",
              StepReport::framesSeen),
          gauge(
              "groups_seen",
              "Distinct positive groups that reached the learner, across restarts.",
              StepReport::groupsSeen),
          gauge("memory_fill", "Filled share of the replay memory.", StepReport::memoryFill),
          gauge(
              "replay_age_seconds",
              "Mean age of the replayed groups, relative to the newest group.",
              r -> r.replayAgeMillis() / 1e3));

  private static final List<PhaseGauge> PHASES =
      List.of(
          new PhaseGauge("wait", StepPhases::waiting),
          new PhaseGauge("batch", StepPhases::batching),
          new PhaseGauge("augment", StepPhases::augmenting),
          new PhaseGauge("forward", StepPhases::forward),
          new PhaseGauge("loss", StepPhases::loss),
          new PhaseGauge("backward", StepPhases::backward),
          new PhaseGauge("update", StepPhases::update));

  private static final Metric PHASE =
      new Metric("phase_seconds", "phase", "Time of each phase of the newest step.");
  private static final Metric PHASE_TOTAL =
      new Metric(
          "phase_seconds_total", "phase", "Time of each phase, summed over the steps since start.");
  private static final Metric POSITIVES =
      new Metric(
          "similarity_le_positive_pairs_total",
          "le",
          "Positive pairs since start with a cosine similarity of at most `le`.");
  private static final Metric NEGATIVES =
      new Metric(
          "similarity_le_negative_pairs_total",
          "le",
          "Negative pairs since start with a cosine similarity of at most `le`.");
  private static final Metric STEPS = new Metric("steps_total", "Steps since start.");
  private static final Metric SKIPPED =
      new Metric(
          "steps_skipped_total",
          "Steps since start without an update, because loss or gradient was not finite.");
  private static final Metric NATIVE =
      new Metric("native_bytes", "Physical memory of the process outside the Java heap.");
  private static final Metric PROCESS =
      new Metric("process_resident_bytes", "Physical memory of the process, Java heap included.");

  /** Buckets of a similarity histogram over [-1, 1]. */
  private static final int BUCKETS = 20;

  static final List<Metric> ALL = all();

  // Written by the task's thread, read by the reporters' threads.
  private final AtomicLongArray phaseNanos = new AtomicLongArray(PHASES.size());
  private final AtomicLongArray positives = new AtomicLongArray(BUCKETS);
  private final AtomicLongArray negatives = new AtomicLongArray(BUCKETS);
  private final AtomicLong steps = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private volatile @Nullable StepReport newest;

  public ReportMetrics(MetricGroup group) {
    for (ReportGauge gauge : GAUGES) {
      gauge.metric().gauge(group, () -> fromNewest(gauge.value()));
    }
    for (int i = 0; i < PHASES.size(); i++) {
      int phase = i;
      String label = PHASES.get(i).phase();
      PHASE.gauge(
          group,
          label,
          () -> fromNewest(r -> PHASES.get(phase).nanos().applyAsLong(r.phases()) / 1e9));
      PHASE_TOTAL.gauge(group, label, () -> phaseNanos.get(phase) / 1e9);
    }
    for (int i = 0; i < BUCKETS; i++) {
      int bucket = i;
      String label = upperEnd(bucket);
      POSITIVES.gauge(group, label, () -> positives.get(bucket));
      NEGATIVES.gauge(group, label, () -> negatives.get(bucket));
    }
    STEPS.gauge(group, () -> steps.get());
    SKIPPED.gauge(group, () -> skipped.get());
    NATIVE.gauge(group, () -> NativeMemory.outsideHeapBytes());
    PROCESS.gauge(group, () -> NativeMemory.processBytes());
  }

  /** Adds the next report. */
  public void report(StepReport report) {
    steps.incrementAndGet();
    if (report.skipped()) {
      skipped.incrementAndGet();
    }
    for (int i = 0; i < PHASES.size(); i++) {
      phaseNanos.addAndGet(i, PHASES.get(i).nanos().applyAsLong(report.phases()));
    }
    addCumulative(report.positiveHistogram(), positives);
    addCumulative(report.negativeHistogram(), negatives);
    newest = report;
  }

  /** Adds each bin to every bucket whose upper end is not below the bin's. */
  private static void addCumulative(int[] bins, AtomicLongArray buckets) {
    for (int bin = 0; bin < bins.length; bin++) {
      int first = (int) Math.ceil((bin + 1.0) * BUCKETS / bins.length - 1e-9) - 1;
      for (int bucket = first; bucket < BUCKETS; bucket++) {
        buckets.addAndGet(bucket, bins[bin]);
      }
    }
  }

  private double fromNewest(ToDoubleFunction<StepReport> value) {
    StepReport report = newest;
    return report == null ? Double.NaN : value.applyAsDouble(report);
  }

  private static String upperEnd(int bucket) {
    return String.format(Locale.ROOT, "%.1f", -1 + 2.0 * (bucket + 1) / BUCKETS);
  }

  private static ReportGauge gauge(
      String name, String description, ToDoubleFunction<StepReport> value) {
    return new ReportGauge(new Metric(name, description), value);
  }

  private static List<Metric> all() {
    List<Metric> all = new ArrayList<>();
    GAUGES.forEach(gauge -> all.add(gauge.metric()));
    all.addAll(List.of(PHASE, PHASE_TOTAL, POSITIVES, NEGATIVES, STEPS, SKIPPED, NATIVE, PROCESS));
    return List.copyOf(all);
  }
}
