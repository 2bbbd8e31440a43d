package io.afterimage.stream;

import io.afterimage.stream.option.FlinkSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A Flink cluster of one task manager inside this process. */
final class TestCluster implements AutoCloseable {
  private static final long MOST_SECONDS = 60;

  private final InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
  private final int prometheusPort = freePort();
  private final MiniCluster cluster;
  private int taskManagersReplaced;

  TestCluster() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "3");
    configuration.setString("restart-strategy.fixed-delay.delay", "100 ms");
    // Little room between the operators, so that a checkpoint has little to wait behind.
    configuration.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.parse("4 kb"));
    configuration.setString(
        "metrics.reporter.prometheus.factory.class", PrometheusReporterFactory.class.getName());
    configuration.setString("metrics.reporter.prometheus.port", Integer.toString(prometheusPort));
    metrics.addToConfiguration(configuration);
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
    cluster.start();
  }

  InMemoryReporter metrics() {
    return metrics;
  }

  /** Of the first subtask of an operator, by its name behind its labels. */
  long counter(JobID job, String operator, String name) {
    return ((Counter) metric(job, operator, name)).getCount();
  }

  /** As {@link #counter}, of a gauge. */
  double gauge(JobID job, String operator, String name) {
    return ((Number) ((Gauge<?>) metric(job, operator, name)).getValue()).doubleValue();
  }

  /**
   * @param name the metric's name, behind its labels: {@code label.value.name}
   */
  private Metric metric(JobID job, String operator, String name) {
    String end = "." + operator + ".0." + name;
    return metrics.getMetricsByGroup().entrySet().stream()
        .filter(group -> job.toString().equals(group.getKey().getAllVariables().get("<job_id>")))
        .flatMap(
            group ->
                group.getValue().entrySet().stream()
                    .filter(
                        metric ->
                            group.getKey().getMetricIdentifier(metric.getKey()).endsWith(end)))
        .map(Map.Entry::getValue)
        .findAny()
        .orElseThrow(() -> new AssertionError("no metric " + end));
  }

  /** The metrics that Prometheus would read. */
  String scrape() throws Exception {
    return get(URI.create("http://127.0.0.1:%d/metrics".formatted(prometheusPort)));
  }

  /** The web interface's answer for a path. */
  String web(String path) throws Exception {
    return get(cluster.getRestAddress().get(MOST_SECONDS, TimeUnit.SECONDS).resolve(path));
  }

  private static String get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /**
   * Starts a job with one subtask an operator, unless its options say otherwise.
   *
   * @param savepoint the savepoint to continue from; null to start without state
   */
  JobID submit(AfterimagePipeline pipeline, Configuration options, @Nullable String savepoint)
      throws Exception {
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment(new Configuration());
    environment.setParallelism(1);
    FlinkSettings.configure(environment, options);
    pipeline.build(environment);
    JobGraph job = environment.getStreamGraph().getJobGraph();
    if (savepoint != null) {
      job.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
    }
    return cluster.submitJob(job).get(MOST_SECONDS, TimeUnit.SECONDS).getJobID();
  }

  /** Waits until a job has ended, and throws what it failed with. */
  void await(JobID job) throws Exception {
    try {
      JobResult result = cluster.requestJobResult(job).get(MOST_SECONDS, TimeUnit.SECONDS);
      result.toJobExecutionResult(getClass().getClassLoader());
    } catch (TimeoutException e) {
      cluster.cancelJob(job);
      throw e;
    }
  }

  /** Waits until so many checkpoints of a job have completed. */
  void awaitCheckpoints(JobID job, long count) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (completedCheckpoints(job) < count) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no " + count + " checkpoints in time");
      }
      Thread.sleep(20);
    }
  }

  private long completedCheckpoints(JobID job) throws Exception {
    return cluster
        .getExecutionGraph(job)
        .get(MOST_SECONDS, TimeUnit.SECONDS)
        .getCheckpointStatsSnapshot()
        .getCounts()
        .getNumberOfCompletedCheckpoints();
  }

  /** Takes the only task manager away, with all that runs on it, and gives another one. */
  void replaceTaskManager() throws Exception {
    // The cluster counts those that are gone as well.
    cluster.terminateTaskManager(taskManagersReplaced).get(MOST_SECONDS, TimeUnit.SECONDS);
    taskManagersReplaced++;
    cluster.startTaskManager();
  }

  /** Takes a savepoint and cancels the job, which hears no more of it. Returns where that lies. */
  String savepointAndCancel(JobID job, String directory) throws Exception {
    return cluster
        .triggerSavepoint(job, directory, true, SavepointFormatType.CANONICAL)
        .get(MOST_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Ends a job with a savepoint, and returns where that lies.
   *
   * @param drain whether the job shall finish what it has, as at the end of its input, or be ready
   *     to go on
   */
  String stopWithSavepoint(JobID job, String directory, boolean drain) throws Exception {
    return cluster
        .stopWithSavepoint(job, directory, drain, SavepointFormatType.CANONICAL)
        .get(MOST_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      cluster.close();
    } catch (Exception e) {
      throw new IllegalStateException("the cluster did not stop", e);
    }
  }
}
