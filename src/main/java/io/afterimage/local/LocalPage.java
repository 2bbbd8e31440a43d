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
 * The address of a local run's page.
 *
 * @param host address to listen on
 * @param port port to listen on, which must be free; null for the default port, or any free one if
 *     that is taken
 */
public record LocalPage(String host, @Nullable Integer port) {
  /**
   * Starts the page.
   *
   * @param options of the job shown
   * @param title title of the page
   * @param out receives a message if the default port is taken
   * @throws IOException naming the option, if the page cannot be served
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
      // Without the cause, since its message would be shown instead of this one.
      throw new IOException(
          "--page-host %s, --page-port %s: %s"
              .formatted(host, port == null ? "any" : port, e.getMessage()));
    }
  }
}
