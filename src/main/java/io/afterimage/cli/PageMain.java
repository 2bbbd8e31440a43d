package io.afterimage.cli;

import io.afterimage.page.PageServer;
import io.afterimage.page.PageSettings;
import io.afterimage.page.RunKnowledge;
import io.afterimage.stream.option.KafkaOptions;
import io.afterimage.terminal.EndOnSignal;
import io.afterimage.terminal.KafkaPropertyOptions;
import io.afterimage.terminal.ShortErrors;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the web page. */
@Command(
    name = "page.sh",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Serves a web page that shows a running job, from its topics.",
    footer = {
      "",
      "It reads the topics of frames, rejected records, step reports and embeddings in no consumer "
          + "group, and writes nothing. Missing topics and brokers are waited for. It runs"
          + " until Ctrl-C.",
      "",
      "Exit code: 0 or 130 after Ctrl-C, 2 when an option is wrong or the port is taken.",
    })
public final class PageMain implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT[,...]",
      defaultValue = "localhost:9092",
      description = "Kafka's brokers (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers;

  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      description =
          "A Prometheus server that scrapes the job, such as http://localhost:9090: adds"
              + " figures that are not in the topics, such as lag, checkpoints and memory.")
  private @Nullable URI prometheus;

  @Option(names = "--frames", paramLabel = "TOPIC", description = "Topic of frames.")
  private String frames = KafkaOptions.TOPIC_FRAMES.defaultValue();

  @Option(names = "--rejected", paramLabel = "TOPIC", description = "Topic of rejected records.")
  private String rejected = KafkaOptions.TOPIC_REJECTED.defaultValue();

  @Option(names = "--training", paramLabel = "TOPIC", description = "Topic of step reports.")
  private String training = KafkaOptions.TOPIC_TRAINING.defaultValue();

  @Option(names = "--embeddings", paramLabel = "TOPIC", description = "Topic of embeddings.")
  private String embeddings = KafkaOptions.TOPIC_EMBEDDINGS.defaultValue();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "localhost",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}, this machine only). There is"
              + " no login: anyone who can connect sees the cameras.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Port to listen on, 0 for any free one (default: "
              + PageSettings.DEFAULT_PORT
              + ", or any free one if that is taken).")
  private @Nullable Integer port;

  @Mixin private KafkaPropertyOptions kafkaProperties = new KafkaPropertyOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help and exits.")
  private boolean help;

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new PageMain()).setParameterExceptionHandler(new ShortErrors("page.sh"));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    EndOnSignal end = EndOnSignal.asks(Thread.currentThread()::interrupt, PATIENCE);
    try (PageServer page = start(out)) {
      out.println("Page     " + page.address());
      out.println("Kafka    " + bootstrapServers);
      out.println("Ctrl-C ends it.");
      out.flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (InterruptedException e) {
      return 0;
    } finally {
      end.close();
    }
  }

  private PageServer start(PrintWriter out) {
    if (port != null && (port < 0 || port > 65_535)) {
      throw wrong("--port must be from 0 to 65535, but was " + port);
    }
    PageSettings settings =
        new PageSettings(
            bootstrapServers,
            bootstrapServers,
            kafkaProperties(),
            new PageSettings.Topics(frames, rejected, training, embeddings),
            prometheusAddress(),
            host,
            port == null ? PageSettings.DEFAULT_PORT : port);
    try {
      return port == null
          ? PageServer.startNear(settings, RunKnowledge.NONE, out)
          : PageServer.start(settings, RunKnowledge.NONE, out);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw wrong("--bootstrap-servers %s: %s".formatted(bootstrapServers, cause.getMessage()));
    } catch (IOException | IllegalArgumentException e) {
      throw wrong(
          "--host %s, --port %s: %s".formatted(host, port == null ? "any" : port, e.getMessage()));
    }
  }

  private @Nullable URI prometheusAddress() {
    URI address = prometheus;
    if (address != null
        && (address.getHost() == null || !String.valueOf(address.getScheme()).matches("https?"))) {
      throw wrong(
          "--prometheus %s: must be an address such as http://localhost:9090".formatted(address));
    }
    return address;
  }

  private Map<String, String> kafkaProperties() {
    try {
      return kafkaProperties.read();
    } catch (IOException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
