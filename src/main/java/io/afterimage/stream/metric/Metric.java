package io.afterimage.stream.metric;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * One metric of the job: registered with Flink and documented under one name.
 *
 * <p>Flink puts the name of a label into the metric's name. The name of a metric with a label
 * therefore contains the label as one of its words, with another word after it: {@code
 * frames_rejected_by_reason_total} with the label {@code reason}. The names of counters end in
 * {@code total}.
 *
 * @param name the last part of its name in Prometheus
 * @param label the label that splits it into series; empty for none
 * @param description its meaning, with its unit
 */
public record Metric(String name, String label, String description) {
  public Metric {
    if (!label.isEmpty() && !("_" + name).contains("_" + label + "_")) {
      throw new IllegalArgumentException(
          "%s must contain its label as a word before the last one, but that is %s"
              .formatted(name, label));
    }
  }

  public Metric(String name, String description) {
    this(name, "", description);
  }

  /** Registers a counter without a label. */
  public Counter counter(MetricGroup group) {
    return group.counter(name);
  }

  /** Registers the counter of one value of the label. */
  public Counter counter(MetricGroup group, String labelValue) {
    return labelled(group, labelValue).counter(afterLabel());
  }

  /** Registers a gauge without a label. */
  public void gauge(MetricGroup group, Gauge<? extends Number> gauge) {
    group.gauge(name, gauge);
  }

  /** Registers the gauge of one value of the label. */
  public void gauge(MetricGroup group, String labelValue, Gauge<? extends Number> gauge) {
    labelled(group, labelValue).gauge(afterLabel(), gauge);
  }

  private MetricGroup labelled(MetricGroup group, String value) {
    int start = labelStart();
    MetricGroup before = start == 0 ? group : group.addGroup(name.substring(0, start - 1));
    return before.addGroup(label, value);
  }

  private String afterLabel() {
    return name.substring(labelStart() + label.length() + 1);
  }

  private int labelStart() {
    return ("_" + name).indexOf("_" + label + "_");
  }
}
