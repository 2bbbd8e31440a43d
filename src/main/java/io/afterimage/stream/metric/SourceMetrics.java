package io.afterimage.stream.metric;

import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts records that were lost before the job could read them. */
public final class SourceMetrics {
  private static final Metric REMOVED_UNREAD =
      new Metric(
          "frames_removed_unread_total",
          "Records that retention removed before the job, restored from a checkpoint or savepoint,"
              + " could read them.");

  static final List<Metric> ALL = List.of(REMOVED_UNREAD);

  private final Counter removedUnread;

  public SourceMetrics(MetricGroup group) {
    removedUnread = REMOVED_UNREAD.counter(group);
  }

  public void removedUnread(long records) {
    removedUnread.inc(records);
  }
}
