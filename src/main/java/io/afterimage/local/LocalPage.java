package io.afterimage.local;

import io.afterimage.page.PageServer;
import io.afterimage.page.PageSettings;
import io.afterimage.page.RunKnowledge;
import io.afterimage.stream.option.KafkaOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Where a local run serves its page to watch.
 *
 * @param host address to listen on
 * @param port port to listen on, which must be free; null for the usual one, or any if that is
 *     taken
 */
public record LocalPage(String host, @Nullable Integer port) {
  /**
   * Starts to serve.
   *
   * @param options of the job that is watched
   * @param title what is watched
   * @param out where it is said if the usual port is taken
   * @throws IOException naming the option if that cannot be
   */
  PageServer serve(Configuration options, RunKnowledge knowledge, String title, PrintWriter out)
      throws IOException {
    PageSettings settings =
        new PageSettings(
            title,
            options.get(KafkaOptions.BOOTSTRAP_SERVERS),
            Map.of(),
            new PageSettings.Topics(
                options.get(KafkaOptions.TOPIC_FRAMES),
                options.get(KafkaOptions.TOPIC_REJECTED),
                options.get(KafkaOptions.TOPIC_TRAINING),
                options.get(KafkaOptions.TOPIC_EMBEDDINGS)),
            null,
            host,
            port == null ? PageSettings.DEFAULT_PORT : port);
    try {
      return port == null
          ? PageServer.startNear(settings, knowledge, out)
          : PageServer.start(settings, knowledge, out);
    } catch (IOException e) {
      // Without the cause, whose words would be shown in place of these.
      throw new IOException(
          "--page-host %s, --page-port %s: %s"
              .formatted(host, port == null ? "any" : port, e.getMessage()));
    }
  }
}
