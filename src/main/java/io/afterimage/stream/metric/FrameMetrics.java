package io.afterimage.stream.metric;

import io.afterimage.frame.RejectionReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts accepted, rejected and rate-limited records. */
public final class FrameMetrics {
  private static final Metric ACCEPTED = new Metric("frames_accepted_total", "Frames decoded.");
  private static final Metric REJECTED =
      new Metric(
          "frames_rejected_by_reason_total",
          "reason",
          "Records rejected and sent to kafka.topic.rejected, by reason.");
  private static final Metric RATE_LIMITED =
      new Metric(
          "frames_rate_limited_total",
          "Frames dropped undecoded because their camera exceeded frame.max-rate.");

  static final List<Metric> ALL = List.of(ACCEPTED, REJECTED, RATE_LIMITED);

  private final Counter accepted;
  private final Counter rateLimited;
  private final Map<RejectionReason, Counter> rejected = new EnumMap<>(RejectionReason.class);

  public FrameMetrics(MetricGroup group) {
    accepted = ACCEPTED.counter(group);
    rateLimited = RATE_LIMITED.counter(group);
    for (RejectionReason reason : RejectionReason.values()) {
      rejected.put(reason, REJECTED.counter(group, reason.label()));
    }
  }

  public void accept() {
    accepted.inc();
  }

  public void limitRate() {
    rateLimited.inc();
  }

  public void reject(RejectionReason reason) {
    rejected.get(reason).inc();
  }
}
