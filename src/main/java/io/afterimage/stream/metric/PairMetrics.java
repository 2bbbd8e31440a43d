package io.afterimage.stream.metric;

import io.afterimage.pairing.PairingEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts positive groups, pairing events and cameras. */
public final class PairMetrics {
  private static final Metric GROUPS = new Metric("groups_total", "Positive groups formed.");
  private static final Metric EVENTS =
      new Metric(
          "pairing_event_total",
          "event",
          "Frames dropped (`late`, `still`) and open groups broken (`clock-reset`, `outage`, `cut`,"
              + " `expired-view`).");
  private static final Metric CAMERAS =
      new Metric(
          "cameras", "Cameras with pairing state: those that sent a frame within pairing.expiry.");
  private static final Metric EXPIRED =
      new Metric(
          "cameras_expired_total",
          "Cameras whose pairing state was dropped after pairing.expiry without a frame.");

  static final List<Metric> ALL = List.of(GROUPS, EVENTS, CAMERAS, EXPIRED);

  private final Counter groups;
  private final Map<PairingEvent, Counter> events = new EnumMap<>(PairingEvent.class);
  private final Counter expired;
  private volatile int cameras;

  public PairMetrics(MetricGroup group) {
    groups = GROUPS.counter(group);
    for (PairingEvent event : PairingEvent.values()) {
      events.put(event, EVENTS.counter(group, event.label()));
    }
    expired = EXPIRED.counter(group);
    CAMERAS.gauge(group, () -> cameras);
  }

  public void event(PairingEvent event) {
    events.get(event).inc();
  }

  public void group() {
    groups.inc();
  }

  public void cameras(int count) {
    cameras = count;
  }

  public void expire() {
    expired.inc();
  }
}
