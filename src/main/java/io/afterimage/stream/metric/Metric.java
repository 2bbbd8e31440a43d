package io.afterimage.stream.metric;

/**
 * One metric of the job as its documentation shows it.
 *
 * @param name the last part of its name in Prometheus
 * @param label the label that splits it into series; empty for none
 * @param description what it counts or measures, with its unit
 */
public record Metric(String name, String label, String description) {
  public Metric(String name, String description) {
    this(name, "", description);
  }
}
