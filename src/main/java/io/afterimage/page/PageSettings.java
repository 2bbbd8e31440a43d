package io.afterimage.page;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the page: its topics, and the address that it is served at.
 *
 * @param title name of the watched job, in a few words
 * @param bootstrapServers Kafka's brokers, {@code host:port} separated by commas
 * @param properties additional properties of Kafka's consumers
 * @param topics the topics to read
 * @param prometheus base address of a Prometheus server; null if there is none
 * @param host address to listen on
 * @param port port to listen on; 0 for any free one
 */
public record PageSettings(
    String title,
    String bootstrapServers,
    Map<String, String> properties,
    Topics topics,
    @Nullable URI prometheus,
    String host,
    int port) {
  /** The default port. */
  public static final int DEFAULT_PORT = 8090;

  public PageSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be in 0..65535, but was " + port);
    }
  }

  /** Without the properties, which may hold a login. */
  @Override
  public String toString() {
    return "PageSettings[%s, %s, %s:%d]".formatted(title, bootstrapServers, host, port);
  }

  /** The same on another port. */
  PageSettings withPort(int other) {
    return new PageSettings(title, bootstrapServers, properties, topics, prometheus, host, other);
  }

  /**
   * Names of the topics.
   *
   * @param frames the cameras' frames
   * @param rejected the rejected records
   * @param training one report per step
   * @param embeddings the embedding of each frame
   */
  public record Topics(String frames, String rejected, String training, String embeddings) {}
}
