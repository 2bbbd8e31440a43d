package io.afterimage.cli;

import io.afterimage.frame.FrameSource;
import io.afterimage.gateway.CameraStatus;
import io.afterimage.gateway.FramePublisher;
import io.afterimage.gateway.Gateway;
import io.afterimage.gateway.GatewayMetrics;
import io.afterimage.gateway.GatewaySettings;
import io.afterimage.gateway.LimitedSource;
import io.afterimage.gateway.MetricsEndpoint;
import io.afterimage.gateway.ProgressReporter;
import io.afterimage.gateway.SimulateArgument;
import io.afterimage.gateway.VideoSettings;
import io.afterimage.terminal.EndOnSignal;
import io.afterimage.terminal.KafkaPropertyOptions;
import io.afterimage.terminal.ProgressLine;
import io.afterimage.terminal.ShortErrors;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the gateway. */
@Command(
    name = "gateway.sh",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Reads cameras and publishes their frames to Kafka.",
    footer = {
      "",
      "Files are played as fast as the broker accepts them, with capture times that begin a day ago "
          + "and never pass the present; several files are kept in step. With --realtime they are "
          + "played at their recorded speed, starting now.",
      "",
      "Exit code: 0 when all cameras ended, 1 when one could not be read or Kafka did"
          + " not accept a frame, 2 when an option is wrong or Kafka cannot be reached.",
    })
public final class GatewayMain implements Callable<Integer> {
  private static final Duration HISTORY = Duration.ofDays(1);
  private static final long REPORT_SECONDS = 5;

  /** Longer than the producer's timeout for records in flight. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  @Spec private CommandSpec spec;

  @Option(
      names = "--camera",
      paramLabel = "[NAME=]URL",
      description =
          "A video file, RTSP or HTTP URL, or webcam (/dev/video0); may be repeated. NAME is the "
              + "camera's id in Kafka, derived from the URL unless given. A login belongs in the file "
              + "of --cameras-file, where process lists do not show it.")
  private List<String> cameras = new ArrayList<>();

  @Mixin private CamerasFileOption camerasFile = new CamerasFileOption();

  @Option(
      names = "--simulate",
      paramLabel = "[NAME=]COUNT",
      description =
          "Number of simulated cameras, NAME-1 and on (default name: simulated), besides or instead of "
              + "real ones.")
  private @Nullable String simulate;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description =
          "Seed of the simulated cameras; the same seed gives the same pictures "
              + "(default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--frames",
      paramLabel = "COUNT",
      description = "Frames of each camera after which the gateway ends (default: no limit).")
  private @Nullable Long frames;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT[,...]",
      defaultValue = "localhost:9092",
      description = "Kafka's brokers (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers;

  @Option(
      names = "--topic",
      defaultValue = "frames",
      description = "The topic of frames (default: ${DEFAULT-VALUE}).")
  private String topic;

  @Option(
      names = "--fps",
      defaultValue = "5",
      description = "Frames to take of each camera (1/s; default: ${DEFAULT-VALUE}).")
  private double fps;

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      defaultValue = "320",
      description = "Width that wider frames are scaled to (default: ${DEFAULT-VALUE}).")
  private int width;

  @Option(
      names = "--quality",
      paramLabel = "1..100",
      defaultValue = "90",
      description = "JPEG quality (default: ${DEFAULT-VALUE}).")
  private int quality;

  @Option(names = "--loop", description = "Restart files at their end; capture times continue.")
  private boolean loop;

  @Option(names = "--realtime", description = "Play files as fast as they were recorded.")
  private boolean realtime;

  @Option(
      names = "--start-time",
      paramLabel = "INSTANT",
      description =
          "Capture time of the files' first frames, like 2025-01-31T12:00:00Z (default: a day ago, "
              + "or now with --realtime).")
  private @Nullable Instant startTime;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "Silence after which a network camera counts as lost and is reconnected "
              + "(default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Option(
      names = "--input-option",
      paramLabel = "NAME=VALUE",
      description =
          "An option of FFmpeg for all cameras, like rtsp_transport=udp, or framerate=30 for raw "
              + "H.264 without a declared rate; may be repeated.")
  private Map<String, String> inputOptions = new LinkedHashMap<>();

  @Mixin private KafkaPropertyOptions kafkaProperties = new KafkaPropertyOptions();

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "9400",
      description =
          "Port of the Prometheus endpoint /metrics, 0 for none (default: ${DEFAULT-VALUE}).")
  private int metricsPort;

  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  public static CommandLine commandLine() {
    return new CommandLine(new GatewayMain())
        .setParameterExceptionHandler(new ShortErrors("gateway.sh"));
  }

  @Override
  public Integer call() {
    checkOptions();
    List<FrameSource> sources = sources();
    CollectorRegistry registry = new CollectorRegistry();
    GatewayMetrics metrics = new GatewayMetrics(registry);
    MetricsEndpoint endpoint = metricsEndpoint(registry);
    EndOnSignal end = EndOnSignal.asks(Thread.currentThread()::interrupt, PATIENCE);
    try (FramePublisher publisher = publisher()) {
      Gateway gateway = gateway(sources, publisher, metrics);
      try (ProgressReporter progress =
              new ProgressReporter(gateway::status, ProgressLine.on(spec.commandLine().getOut()));
          publisher;
          gateway) {
        play(gateway, progress);
      }
      return exitCode(gateway.status());
    } finally {
      endpoint.close();
      end.close();
    }
  }

  private void checkOptions() {
    check(fps > 0 && !Double.isInfinite(fps), "--fps", fps, "must be > 0");
    if (cameras.isEmpty() && !camerasFile.isGiven() && simulate == null) {
      throw wrong("--camera, --cameras-file or --simulate is needed: there is nothing to read");
    }
    check(frames == null || frames >= 1, "--frames", frames, "must be >= 1");
    check(width >= 1, "--width", width, "must be >= 1");
    check(quality >= 1 && quality <= 100, "--quality", quality, "must be in 1..100");
    check(timeoutSeconds >= 1, "--timeout", timeoutSeconds, "must be >= 1");
    check(
        metricsPort >= 0 && metricsPort <= 65_535,
        "--metrics-port",
        metricsPort,
        "must be in 0..65535");
    check(
        startTime == null || !startTime.isAfter(Instant.now()),
        "--start-time",
        startTime,
        "must not be in the future, because Kafka refuses such capture times");
  }

  private void check(boolean valid, String option, @Nullable Object value, String rule) {
    if (!valid) {
      throw wrong("%s %s: %s".formatted(option, value, rule));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private List<FrameSource> sources() {
    Instant now = Instant.now();
    Instant start = startTime != null ? startTime : realtime ? now : now.minus(HISTORY);
    VideoSettings settings =
        new VideoSettings(
            fps, width, loop, start, Duration.ofSeconds(timeoutSeconds), inputOptions);
    List<FrameSource> sources = new ArrayList<>(camerasFile.sources("--camera", cameras, settings));
    if (simulate != null) {
      try {
        sources.addAll(SimulateArgument.parse(simulate).sources(seed, fps, start));
      } catch (IllegalArgumentException e) {
        throw wrong(e.getMessage());
      }
    }
    Long limit = frames;
    return limit == null
        ? sources
        : sources.stream().<FrameSource>map(source -> new LimitedSource(source, limit)).toList();
  }

  private MetricsEndpoint metricsEndpoint(CollectorRegistry registry) {
    try {
      return MetricsEndpoint.start(metricsPort, registry);
    } catch (IOException e) {
      throw wrong("--metrics-port %d: %s".formatted(metricsPort, e.getMessage()));
    }
  }

  private FramePublisher publisher() {
    try {
      return FramePublisher.connect(bootstrapServers, topic, kafkaProperties.read());
    } catch (IOException e) {
      throw wrong(e.getMessage());
    } catch (IllegalArgumentException e) {
      throw wrong("--kafka-property: " + e.getMessage());
    } catch (ConfigException e) {
      throw wrong("--bootstrap-servers, --kafka-property: " + e.getMessage());
    } catch (KafkaException e) {
      throw wrong(
          "--bootstrap-servers %s, --topic %s: %s"
              .formatted(bootstrapServers, topic, e.getMessage()));
    }
  }

  private Gateway gateway(
      List<FrameSource> sources, FramePublisher publisher, GatewayMetrics metrics) {
    GatewaySettings settings = GatewaySettings.defaults(realtime).withQuality(quality);
    try {
      return new Gateway(settings, sources, publisher, metrics);
    } catch (IllegalArgumentException e) {
      throw wrong("--camera, --cameras-file, --simulate: " + e.getMessage());
    }
  }

  /** Runs the cameras until they end, or until a signal asks the process to end. */
  private static void play(Gateway gateway, ProgressReporter progress) {
    try {
      progress.reportEvery(REPORT_SECONDS);
      gateway.start();
      gateway.awaitEnd();
    } catch (InterruptedException e) {
      // Interrupted by the signal; an orderly shutdown follows.
    }
  }

  private static int exitCode(List<CameraStatus> cameras) {
    boolean complete =
        cameras.stream()
            .allMatch(camera -> camera.state() == CameraStatus.State.ENDED && camera.failed() == 0);
    return complete ? 0 : 1;
  }
}
