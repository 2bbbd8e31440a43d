package io.afterimage.stream;

import static io.afterimage.stream.AfterimageOptions.SNAPSHOT_DIRECTORY;
import static io.afterimage.stream.AfterimageOptions.SNAPSHOT_INTERVAL_STEPS;
import static io.afterimage.stream.AfterimageOptions.SNAPSHOT_KEEP;

import io.afterimage.snapshot.EncoderSnapshot;
import java.io.IOException;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes encoder snapshots every so many steps. One that cannot be written is logged and counted,
 * and training goes on: the next may succeed.
 */
final class SnapshotSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotSchedule.class);

  private static final Metric WRITTEN =
      new Metric("snapshots_written", "Encoder snapshots that were written.");
  private static final Metric FAILED =
      new Metric("snapshots_failed", "Encoder snapshots that could not be written.");
  private static final Metric STEP =
      new Metric("snapshot_step", "Step of the newest encoder snapshot.");

  static final List<Metric> METRICS = List.of(WRITTEN, FAILED, STEP);

  private final @Nullable SnapshotDirectory directory;
  private final int intervalSteps;
  private final Counter written;
  private final Counter failed;
  private volatile double newestStep = Double.NaN;

  SnapshotSchedule(Configuration options, MetricGroup metrics) {
    String path = options.get(SNAPSHOT_DIRECTORY);
    directory = path == null ? null : new SnapshotDirectory(path, options.get(SNAPSHOT_KEEP));
    intervalSteps = options.get(SNAPSHOT_INTERVAL_STEPS);
    written = metrics.counter(WRITTEN.name());
    failed = metrics.counter(FAILED.name());
    metrics.gauge(STEP.name(), () -> newestStep);
  }

  /** Whether a snapshot shall be written after this step. */
  boolean isDue(long step) {
    return directory != null && step % intervalSteps == 0;
  }

  /** Does nothing without a directory. */
  void write(EncoderSnapshot snapshot) {
    if (directory == null) {
      return;
    }
    try {
      writeOrThrow(snapshot);
    } catch (IOException e) {
      LOG.warn("The encoder snapshot of step {} could not be written", snapshot.step(), e);
    }
  }

  /** Whether a snapshot shall be written at the end, this being the last step. */
  boolean isDueAtTheEnd(long step) {
    return directory != null && step > 0 && step != newestStep;
  }

  /**
   * Writes a snapshot after which none will come.
   *
   * @throws IOException if it could not be written
   */
  void writeLast(EncoderSnapshot snapshot) throws IOException {
    writeOrThrow(snapshot);
  }

  private void writeOrThrow(EncoderSnapshot snapshot) throws IOException {
    if (directory == null) {
      throw new IllegalStateException("no snapshot is due without a directory");
    }
    try {
      Path path = directory.write(snapshot);
      written.inc();
      newestStep = snapshot.step();
      LOG.info("Encoder snapshot of step {}: {}", snapshot.step(), path);
    } catch (IOException e) {
      failed.inc();
      throw e;
    }
  }
}
