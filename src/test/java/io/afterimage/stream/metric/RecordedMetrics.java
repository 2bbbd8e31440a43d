package io.afterimage.stream.metric;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.NoOpMetricRegistry;
import org.apache.flink.runtime.metrics.groups.GenericMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;

/** A metric group that remembers every counter and gauge by its groups and name. */
public final class RecordedMetrics extends GenericMetricGroup {
  private final String path;
  private final Map<String, Supplier<Object>> metrics;

  public RecordedMetrics() {
    this("", new TreeMap<>());
  }

  private RecordedMetrics(String path, Map<String, Supplier<Object>> metrics) {
    super(
        NoOpMetricRegistry.INSTANCE,
        UnregisteredMetricGroups.createUnregisteredTaskMetricGroup(),
        "recorded");
    this.path = path;
    this.metrics = metrics;
  }

  /** Every metric's value now, by {@code label.value.name}. */
  public Map<String, Double> values() {
    Map<String, Double> values = new TreeMap<>();
    metrics.forEach((name, value) -> values.put(name, ((Number) value.get()).doubleValue()));
    return values;
  }

  @Override
  public MetricGroup addGroup(String name) {
    return new RecordedMetrics(path + name + ".", metrics);
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return new RecordedMetrics(path + key + "." + value + ".", metrics);
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    metrics.put(path + name, gauge::getValue);
    return gauge;
  }

  @Override
  public Counter counter(String name) {
    Counter counter = super.counter(name);
    metrics.put(path + name, counter::getCount);
    return counter;
  }
}
