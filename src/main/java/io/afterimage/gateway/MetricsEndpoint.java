package io.afterimage.gateway;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The HTTP endpoint that Prometheus scrapes: the gateway's metrics, and those of its JVM. */
public final class MetricsEndpoint implements AutoCloseable {
  private final @Nullable HTTPServer server;

  private MetricsEndpoint(@Nullable HTTPServer server) {
    this.server = server;
  }

  /**
   * @param port port to listen on, on all addresses; 0 for no endpoint
   * @throws IOException if the port is taken
   */
  public static MetricsEndpoint start(int port, CollectorRegistry registry) throws IOException {
    if (port == 0) {
      return new MetricsEndpoint(null);
    }
    DefaultExports.register(registry);
    return new MetricsEndpoint(
        new HTTPServer.Builder()
            .withPort(port)
            .withRegistry(registry)
            .withDaemonThreads(true)
            .build());
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
