package io.afterimage.stream.metric;

import io.afterimage.pairing.PairingEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what pairing made of the frames. */
public final class PairMetrics {
  private static final Metric GROUPS = new Metric("groups", "Positive groups.");
  private static final Metric EVENTS =
      new Metric(
          "pairing_events",
          "event",
          "Frames passed over and groups given up: `late`, `clock-reset`, `outage`, `cut`, `still`,"
              + " `expired-view`.");
  private static final Metric CAMERAS =
      new Metric("cameras", "Cameras with state, that is those that sent frames lately.");
  private static final Metric VANISHED =
      new Metric("cameras_vanished", "Cameras whose state was dropped, since they sent no more.");

  static final List<Metric> ALL = List.of(GROUPS, EVENTS, CAMERAS, VANISHED);

  private final Counter groups;
  private final Map<PairingEvent, Counter> events = new EnumMap<>(PairingEvent.class);
  private final Counter vanished;
  private volatile int cameras;

  public PairMetrics(MetricGroup group) {
    groups = group.counter(GROUPS.name());
    for (PairingEvent event : PairingEvent.values()) {
      events.put(event, group.addGroup(EVENTS.label(), event.label()).counter(EVENTS.name()));
    }
    vanished = group.counter(VANISHED.name());
    group.gauge(CAMERAS.name(), () -> cameras);
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

  public void vanish() {
    vanished.inc();
  }
}
