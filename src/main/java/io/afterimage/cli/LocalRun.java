package io.afterimage.cli;

import io.afterimage.gateway.VideoSettings;
import io.afterimage.gateway.VideoSource;
import io.afterimage.lab.simulation.ProceduralArt;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.lab.simulation.SimulationSettings;
import io.afterimage.local.JobFailedException;
import io.afterimage.local.LocalOptions;
import io.afterimage.local.LocalPage;
import io.afterimage.local.LocalSession;
import io.afterimage.local.LocalSession.Earlier;
import io.afterimage.local.RunCommands;
import io.afterimage.local.RunDirectory;
import io.afterimage.page.PageSettings;
import io.afterimage.stream.option.FrameOptions;
import io.afterimage.stream.option.InvalidOptionsException;
import io.afterimage.stream.option.LearnerOptions;
import io.afterimage.terminal.EndOnSignal;
import io.afterimage.terminal.Escapes;
import io.afterimage.terminal.ShortErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the local run. */
@Command(
    name = "local.sh",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Runs the whole of Afterimage in one process: a Kafka broker, cameras, Flink and the job.",
    footer = {
      "",
      "Without --video, simulated cameras play scenes of known classes, which allows"
          + " evaluating the encoder: the probe is the accuracy of classifying held-out"
          + " scenes by their nearest neighbors, with the newest encoder and with the"
          + " untrained one.",
      "",
      "Without --steps and --duration it runs until Ctrl-C. It leaves summary.json, the encoder's"
          + " snapshots, the state for --resume, up to 0.5 GB of frames and"
          + " embeddings, and a log in the directory of --output.",
      "",
      "Exit code: 0 at the end of the run, 130 after Ctrl-C, 1 when the job or a camera failed, 2 "
          + "when an option is wrong.",
    })
public final class LocalRun implements Callable<Integer> {
  /** The fixed start of simulated time, since random draws depend on capture times. */
  private static final Instant SIMULATION_START = Instant.parse("2025-01-01T00:00:00Z");

  /**
   * The age of the first frame of files, which are played faster than recorded and must not pass
   * the present.
   */
  private static final Duration VIDEO_HISTORY = Duration.ofDays(6);

  private static final Duration CAMERA_TIMEOUT = Duration.ofSeconds(10);
  private static final int VIDEO_WIDTH = 320;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FAILED = 1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--video",
      paramLabel = "[NAME=]FILE_OR_URL",
      description =
          "A real camera in place of the simulated ones: a file (looped), RTSP or HTTP URL, or "
              + "webcam (/dev/video0); may be repeated.")
  private List<String> videos = new ArrayList<>();

  @Mixin private CamerasFileOption camerasFile = new CamerasFileOption();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Training steps after which the run ends.")
  private @Nullable Long steps;

  @Option(
      names = "--duration",
      paramLabel = "D",
      converter = Durations.class,
      description = "Time after which the run ends, such as 90s, 10min or 1h.")
  private @Nullable Duration duration;

  @Option(names = "--cameras", paramLabel = "N", description = "Simulated cameras (default: 8).")
  private @Nullable Integer cameras;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Classes of the simulated objects (default: 4).")
  private @Nullable Integer classes;

  @Option(
      names = "--fps",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Frames of a camera in a second of its own time (1/s; default: ${DEFAULT-VALUE}).")
  private double fps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the simulation and of the learner (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      description = "Sets an option of the job; overrides the file. src/docs/options.md lists all.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file of the job's options (default: jobs/local.yaml of the project).")
  private Path config = home().resolve("jobs/local.yaml");

  @Option(
      names = "--output",
      paramLabel = "DIRECTORY",
      description =
          "Directory of summary, snapshots and log. An earlier run there is moved to its"
              + " subdirectory earlier (default: target/local of the project).")
  private Path output = home().resolve("target/local");

  @Option(
      names = "--resume",
      description =
          "Resumes the run in --output from its final state or, if it was killed, from"
              + " its last checkpoint. Cameras and options are not stored: give them again."
              + " --steps counts from there.")
  private boolean resume;

  @Option(
      names = "--overwrite",
      description = "Deletes the earlier run in --output, including its encoder.")
  private boolean overwrite;

  @Option(
      names = "--page-port",
      paramLabel = "PORT",
      description =
          "Port of the web page, 0 for any free one (default: "
              + PageSettings.DEFAULT_PORT
              + ", or any free one if that is taken).")
  private @Nullable Integer pagePort;

  @Option(
      names = "--page-host",
      paramLabel = "ADDRESS",
      defaultValue = "localhost",
      description =
          "Address that the page listens on (default: ${DEFAULT-VALUE}, this machine only). "
              + "There is no login: anyone who can connect sees the cameras.")
  private String pageHost;

  @Option(names = "--no-page", description = "Serves no web page.")
  private boolean noPage;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help and exits.")
  private boolean help;

  /** The project's directory, if the script set it. */
  private static Path home() {
    return Path.of(System.getProperty("afterimage.home", "."));
  }

  /** Exits explicitly, since threads of Flink and Kafka would keep the process alive. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  public static CommandLine commandLine() {
    return new CommandLine(new LocalRun())
        .setParameterExceptionHandler(new ShortErrors("local.sh"))
        .setExecutionExceptionHandler(
            (failure, command, result) -> {
              LoggerFactory.getLogger(LocalRun.class).info("The run failed", failure);
              command
                  .getErr()
                  .println(
                      "The run failed: " + Escapes.shown(JobFailedException.innermost(failure)));
              return FAILED;
            });
  }

  @Override
  public Integer call() throws Exception {
    checkOptions();
    CountDownLatch stop = new CountDownLatch(1);
    // On Ctrl-C or a termination signal the run ends, and its summary is written.
    EndOnSignal end = EndOnSignal.asks(stop::countDown, PATIENCE);
    try (OutputDirectory held = take(output.toAbsolutePath().normalize())) {
      RunDirectory directory = new RunDirectory(held.path());
      // Before the first logger is created, but after the directory is locked for this run.
      System.setProperty("log.file", directory.root().resolve("local.log").toString());
      checkResumable(directory);
      LocalSession.Settings settings = settings(directory);
      new LocalSession(settings, spec.commandLine().getOut(), stop).run();
      return 0;
    } catch (InvalidOptionsException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return spec.exitCodeOnInvalidInput();
    } finally {
      end.close();
    }
  }

  private OutputDirectory take(Path directory) {
    try {
      return OutputDirectory.take("--output", directory);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void checkResumable(RunDirectory directory) throws IOException {
    if (resume && directory.newestState().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          directory.holdsAnEncoder()
              ? ("--resume: the run in %s left no state, but an encoder, which a new run can"
                      + " start from: -Dencoder.warm-start=%s --output DIRECTORY")
                  .formatted(directory.root(), directory.snapshots())
              : "--resume: there is no run in " + directory.root());
    }
  }

  private void checkOptions() {
    if (resume && overwrite) {
      throw new ParameterException(
          spec.commandLine(), "--resume and --overwrite cannot be combined");
    }
    check(steps == null || steps >= 1, "--steps", steps, "must be >= 1");
    check(duration == null || duration.toMillis() >= 1, "--duration", duration, "must be positive");
    check(fps > 0 && fps <= 1000, "--fps", fps, "must be > 0 and <= 1000");
    check(cameras == null || cameras >= 1, "--cameras", cameras, "must be >= 1");
    check(
        classes == null || classes >= 2 && classes <= ProceduralArt.MAX_CLASSES,
        "--classes",
        classes,
        "must be from 2 to " + ProceduralArt.MAX_CLASSES);
    check(
        pagePort == null || pagePort >= 0 && pagePort <= 65_535,
        "--page-port",
        pagePort,
        "must be in 0..65535");
    if (isReal() && (cameras != null || classes != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--cameras and --classes are for simulated cameras, which --video and --cameras-file "
              + "take the place of");
    }
  }

  private LocalSession.Settings settings(RunDirectory directory) throws InvalidOptionsException {
    Configuration options =
        LocalOptions.read(
            config,
            overrides,
            ofTheCameras(),
            steps == null ? 0 : steps,
            directory.snapshots(),
            directory.checkpoints());
    Instant start = isReal() ? Instant.now().minus(VIDEO_HISTORY) : SIMULATION_START;
    return new LocalSession.Settings(
        options,
        directory,
        resume ? Earlier.RESUME : overwrite ? Earlier.DELETE : Earlier.KEEP,
        new RunCommands(
            home().toAbsolutePath().normalize(),
            Path.of("").toAbsolutePath(),
            directory,
            ResumeArguments.of(spec.commandLine().getParseResult().originalArgs())),
        steps,
        duration,
        start,
        simulation(),
        videoSources(start),
        noPage ? null : new LocalPage(pageHost, pagePort));
  }

  /** Whether the cameras are real rather than simulated. */
  private boolean isReal() {
    return !videos.isEmpty() || camerasFile.isGiven();
  }

  /** The options suggested for the cameras, unless the user sets them. */
  private Map<String, String> ofTheCameras() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(LearnerOptions.SEED.key(), Long.toString(seed));
    if (!isReal()) {
      options.put(FrameOptions.MAX_AGE.key(), "36500 d");
    }
    return options;
  }

  private @Nullable Simulation simulation() {
    if (isReal()) {
      return null;
    }
    return Simulation.procedural(
        SimulationSettings.balanced(
                seed, cameras == null ? 8 : cameras, classes == null ? 4 : classes)
            .withFramesPerSecond(fps));
  }

  private List<VideoSource> videoSources(Instant start) {
    VideoSettings settings =
        new VideoSettings(fps, VIDEO_WIDTH, true, start, CAMERA_TIMEOUT, Map.of());
    return camerasFile.sources("--video", videos, settings);
  }

  private void check(boolean valid, String option, @Nullable Object value, String rule) {
    if (!valid) {
      throw new ParameterException(spec.commandLine(), "%s %s: %s".formatted(option, value, rule));
    }
  }
}
