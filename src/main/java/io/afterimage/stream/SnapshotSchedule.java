package io.afterimage.stream;

import io.afterimage.model.Retention;
import io.afterimage.model.SnapshotManifest;
import io.afterimage.model.SnapshotRegistry;
import io.afterimage.stream.metric.Metric;
import io.afterimage.stream.option.SnapshotOptions;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes encoder snapshots at an interval of steps. A failed write is logged and counted, and
 * training continues: the next write may succeed.
 */
public final class SnapshotSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotSchedule.class);

  private static final Metric WRITTEN =
      new Metric("snapshots_written_total", "Encoder snapshots written.");
  private static final Metric FAILED =
      new Metric("snapshots_failed_total", "Encoder snapshots that could not be written.");
  private static final Metric STEP =
      new Metric("snapshot_step", "Step of the newest encoder snapshot.");

  public static final List<Metric> METRICS = List.of(WRITTEN, FAILED, STEP);

  private final @Nullable SnapshotRegistry registry;
  private final Retention retention;
  private final int intervalSteps;
  private final Counter written;
  private final Counter failed;
  private volatile double newestStep = Double.NaN;
  private @Nullable StepReport lastReport;

  SnapshotSchedule(Configuration options, MetricGroup metrics) {
    String path = options.get(SnapshotOptions.DIRECTORY);
    registry = path == null ? null : new SnapshotRegistry(new FlinkFiles(), path);
    retention = SnapshotOptions.retention(options);
    intervalSteps = options.get(SnapshotOptions.INTERVAL_STEPS);
    written = WRITTEN.counter(metrics);
    failed = FAILED.counter(metrics);
    STEP.gauge(metrics, () -> newestStep);
  }

  /** Records the report of a step, for the metrics of its snapshot. */
  void observe(StepReport report) {
    lastReport = report;
  }

  /** Whether a snapshot is due after this step. */
  boolean isDue(long step) {
    return registry != null && step % intervalSteps == 0;
  }

  /** Does nothing without a directory. */
  void write(EncoderSnapshot snapshot) {
    if (registry == null) {
      return;
    }
    try {
      writeOrThrow(snapshot);
    } catch (IOException e) {
      LOG.warn("The encoder snapshot of step {} could not be written", snapshot.step(), e);
    }
  }

  /** Whether a snapshot is due at the end, after the given last step. */
  boolean isDueAtTheEnd(long step) {
    return registry != null && step > 0 && step != newestStep;
  }

  /**
   * Writes the last snapshot.
   *
   * @throws IOException if it could not be written
   */
  void writeLast(EncoderSnapshot snapshot) throws IOException {
    writeOrThrow(snapshot);
  }

  private void writeOrThrow(EncoderSnapshot snapshot) throws IOException {
    if (registry == null) {
      throw new IllegalStateException("no snapshot is due without a directory");
    }
    try {
      SnapshotManifest manifest = registry.publish(snapshot, metrics(snapshot.step()));
      written.inc();
      newestStep = snapshot.step();
      LOG.info(
          "Encoder snapshot of step {}: {}", snapshot.step(), registry.path(manifest.version()));
    } catch (IOException e) {
      failed.inc();
      throw e;
    }
    prune(registry);
  }

  private void prune(SnapshotRegistry from) {
    try {
      from.prune(retention);
    } catch (IOException e) {
      LOG.warn("Old encoder snapshots could not be deleted", e);
    }
  }

  /** Metrics by the names of the report's members; empty if another process made the step. */
  private Map<String, Double> metrics(long step) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    StepReport report = lastReport;
    if (report != null && report.step() == step) {
      metrics.put("loss", report.loss());
      metrics.put("prior", report.prior().value());
      metrics.put("clampedFraction", report.clampedFraction());
      metrics.put("positiveSimilarity", report.positiveSimilarity());
      metrics.put("negativeSimilarity", report.negativeSimilarity());
      metrics.put("gradientNorm", report.gradientNorm());
      metrics.put("embeddingSpread", report.embeddingSpread());
      metrics.put("learningRate", report.learningRate());
      metrics.put("framesSeen", (double) report.framesSeen());
      metrics.put("groupsSeen", (double) report.groupsSeen());
    }
    return metrics;
  }
}
