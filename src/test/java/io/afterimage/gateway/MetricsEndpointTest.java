package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {
  @Test
  void scrape_cameraThatDidNothing_showsEveryMetric() throws Exception {
    CollectorRegistry registry = new CollectorRegistry();
    new GatewayMetrics(registry).of("door");
    int port = MjpegServer.freePort();
    try (MetricsEndpoint endpoint = MetricsEndpoint.start(port, registry)) {
      assertThat(endpoint).isNotNull();
      String text = scrape(port);
      for (String metric :
          new String[] {
            "frames_read_total",
            "frames_published_total",
            "frames_failed_total",
            "bytes_published_total",
            "reconnects_total",
            "connected",
            "grab_seconds_count",
            "encode_seconds_count",
            "capture_to_ack_seconds_count"
          }) {
        assertThat(text).contains("afterimage_gateway_" + metric + "{camera=\"door\",} 0.0");
      }
      assertThat(text).contains("jvm_memory_bytes_used");
    }
  }

  @Test
  void start_portThatIsTaken_throws() throws Exception {
    int port = MjpegServer.freePort();
    try (MetricsEndpoint first = MetricsEndpoint.start(port, new CollectorRegistry())) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> MetricsEndpoint.start(port, new CollectorRegistry()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
    }
  }

  private static String scrape(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(port))).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
