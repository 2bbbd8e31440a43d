package io.afterimage.page;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows, and where it is served.
 *
 * @param title what is watched, in a few words
 * @param bootstrapServers Kafka's brokers, {@code host:port} separated by commas
 * @param properties more of the properties of Kafka's consumers
 * @param topics where to read what
 * @param prometheus base address of a Prometheus server; null if there is none
 * @param host address to listen on
 * @param port port to listen on; 0 for any that is free
 */
public record PageSettings(
    String title,
    String bootstrapServers,
    Map<String, String> properties,
    Topics topics,
    @Nullable URI prometheus,
    String host,
    int port) {
  /** The port unless told otherwise. */
  public static final int DEFAULT_PORT = 8090;

  public PageSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be in 0..65535, but was " + port);
    }
  }

  /** The same on another port. */
  PageSettings withPort(int other) {
    return new PageSettings(title, bootstrapServers, properties, topics, prometheus, host, other);
  }

  /**
   * The topics by name.
   *
   * @param frames what cameras publish
   * @param rejected the records that are no usable frame
   * @param training one report a step
   * @param embeddings the embedding of each frame
   */
  public record Topics(String frames, String rejected, String training, String embeddings) {}
}
