package io.afterimage.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a job that are not in its topics, queried from a Prometheus server every few seconds.
 */
final class PrometheusNumbers implements AutoCloseable {
  private static final String OPERATOR = "flink_taskmanager_job_task_operator_";

  /** Queries by name; each takes the maximum or the sum over all jobs. */
  private static final Map<String, String> QUERIES = queries();

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
  private final Thread thread = new Thread(this::run, "page-prometheus");
  private volatile Shown shown = new Shown(Map.of(), null);

  /**
   * The latest figures.
   *
   * @param numbers by name, without those that have no series
   * @param problem why the server cannot be queried; null if it can
   */
  record Shown(Map<String, Double> numbers, @Nullable String problem) {}

  private static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("lagRecords", "sum(" + OPERATOR + "pendingRecords)");
    queries.put(
        "checkpointAgeSeconds",
        "time() - max(flink_jobmanager_job_lastCheckpointCompletedTimestamp > 0) / 1000");
    queries.put("residentBytes", "max(" + OPERATOR + "learner_process_resident_bytes)");
    queries.put("restarts", "sum(flink_jobmanager_job_numRestarts)");
    return queries;
  }

  /**
   * @param address base address of the server
   */
  PrometheusNumbers(URI address) {
    this.address = address;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  Shown shown() {
    return shown;
  }

  private void run() {
    try {
      while (true) {
        try {
          ask();
        } catch (IOException e) {
          shown = new Shown(Map.of(), "no answer from Prometheus at %s: %s".formatted(address, e));
        }
        Thread.sleep(INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      // close() ends it.
    }
  }

  private void ask() throws IOException, InterruptedException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, String> query : QUERIES.entrySet()) {
      Double number = ask(query.getValue());
      if (number != null) {
        numbers.put(query.getKey(), number);
      }
    }
    shown = new Shown(numbers, null);
  }

  private @Nullable Double ask(String query) throws IOException, InterruptedException {
    URI request =
        URI.create(
            address.toString().replaceFirst("/+$", "")
                + "/api/v1/query?query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(request).timeout(Duration.ofSeconds(3)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
    JsonNode value = JSON.readTree(answer.body()).path("data").path("result").path(0).path("value");
    return value.isArray() ? value.path(1).asDouble() : null;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
