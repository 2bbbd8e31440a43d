package io.afterimage.stream.metric;

import io.afterimage.frame.RejectionReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what became of the records that were read. */
public final class FrameMetrics {
  private static final Metric ACCEPTED = new Metric("frames_accepted", "Frames that were decoded.");
  private static final Metric REJECTED =
      new Metric("frames_rejected", "reason", "Records that are no usable frame.");
  private static final Metric SURPLUS =
      new Metric("frames_surplus", "Frames passed over, since frame.max-rate allows no more.");

  static final List<Metric> ALL = List.of(ACCEPTED, REJECTED, SURPLUS);

  private final Counter accepted;
  private final Counter surplus;
  private final Map<RejectionReason, Counter> rejected = new EnumMap<>(RejectionReason.class);

  public FrameMetrics(MetricGroup group) {
    accepted = group.counter(ACCEPTED.name());
    surplus = group.counter(SURPLUS.name());
    for (RejectionReason reason : RejectionReason.values()) {
      rejected.put(
          reason, group.addGroup(REJECTED.label(), reason.label()).counter(REJECTED.name()));
    }
  }

  public void accept() {
    accepted.inc();
  }

  public void passOver() {
    surplus.inc();
  }

  public void reject(RejectionReason reason) {
    rejected.get(reason).inc();
  }
}
