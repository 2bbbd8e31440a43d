package io.afterimage.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.apache.flink.runtime.clusterframework.ApplicationStatus;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink cluster inside this process, with its web interface and its metrics on ports of
 * 127.0.0.1.
 */
final class FlinkCluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkCluster.class);
  private static final int STOP_SECONDS = 30;

  private final MiniCluster cluster;
  private final int metricsPort;

  private FlinkCluster(MiniCluster cluster, int metricsPort) {
    this.cluster = cluster;
    this.metricsPort = metricsPort;
  }

  /**
   * Starts a cluster of one task manager.
   *
   * @param slots tasks of one stage that can run in parallel
   * @param options additional options of Flink; they override the defaults
   */
  static FlinkCluster start(int slots, Configuration options) throws Exception {
    int metricsPort = freePort();
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.PORT, 0);
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.setString(
        "metrics.reporter.prometheus.factory.class", PrometheusReporterFactory.class.getName());
    configuration.setString("metrics.reporter.prometheus.port", Integer.toString(metricsPort));
    configuration.addAll(options);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
    return new FlinkCluster(cluster, metricsPort);
  }

  /** Address of Flink's web interface. */
  String webAddress() throws InterruptedException, ExecutionException {
    return cluster.getRestAddress().get().toString();
  }

  /** Address of the metrics in Prometheus' format. */
  String metricsAddress() {
    return "http://127.0.0.1:" + metricsPort + "/metrics";
  }

  /** Starts the job of the environment. */
  Job submit(StreamExecutionEnvironment environment)
      throws InterruptedException, ExecutionException {
    JobID id = cluster.submitJob(environment.getStreamGraph()).get().getJobID();
    return new Job(id, cluster.requestJobResult(id));
  }

  /** Stops the cluster and waits for it. */
  @Override
  public void close() {
    try {
      cluster.closeAsync().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Flink did not stop cleanly", e);
    }
  }

  /** A submitted job. */
  final class Job {
    private final JobID id;
    private final CompletableFuture<JobResult> result;

    private Job(JobID id, CompletableFuture<JobResult> result) {
      this.id = id;
      this.result = result;
    }

    /**
     * Throws if the job failed.
     *
     * @throws JobFailedException with the message of the innermost cause
     */
    void requireNotFailed() throws JobFailedException, InterruptedException {
      if (!result.isDone()) {
        return;
      }
      try {
        JobResult ended = result.get();
        if (ended.getSerializedThrowable().isPresent()
            && ended.getApplicationStatus() != ApplicationStatus.CANCELED) {
          throw new JobFailedException(
              ended.getSerializedThrowable().get().deserializeError(getClass().getClassLoader()));
        }
      } catch (ExecutionException e) {
        throw new JobFailedException(ExceptionUtils.stripExecutionException(e));
      }
    }

    /**
     * Stops the job with a savepoint, after its last snapshot and report; if that takes too long,
     * cancels it. Does nothing if it has ended.
     *
     * @param savepoints directory for the savepoint
     * @return the savepoint; null if there is none
     */
    @Nullable Path stop(Path savepoints)
        throws InterruptedException, ExecutionException, TimeoutException {
      if (result.isDone()) {
        return null;
      }
      Path savepoint = null;
      try {
        String written =
            cluster
                .stopWithSavepoint(
                    id, Directories.forFlink(savepoints), true, SavepointFormatType.NATIVE)
                .get(STOP_SECONDS, TimeUnit.SECONDS);
        savepoint = savepoints.resolve(written.substring(written.lastIndexOf('/') + 1));
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn("The job did not stop in time and is canceled", e);
        cluster.cancelJob(id).exceptionally(alreadyEnded -> null);
      }
      result.get(STOP_SECONDS, TimeUnit.SECONDS);
      return savepoint;
    }
  }

  private static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on 127.0.0.1", e);
    }
  }
}
