package io.afterimage.local;

import io.afterimage.gateway.FramePublisher;
import io.afterimage.gateway.VideoSource;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.page.PageServer;
import io.afterimage.stream.kafka.KafkaEnds;
import io.afterimage.stream.option.BatchOptions;
import io.afterimage.stream.option.CheckpointOptions;
import io.afterimage.stream.option.EncoderOptions;
import io.afterimage.stream.option.FlinkSettings;
import io.afterimage.stream.option.FrameOptions;
import io.afterimage.stream.option.KafkaOptions;
import io.afterimage.stream.option.LearnerOptions;
import io.afterimage.stream.option.PairingOptions;
import io.afterimage.terminal.ProgressLine;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.Encoder;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.ResNetS;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** One local run: starts everything, watches it learn, stops everything, sums up. */
public final class LocalSession {
  public static final String SNAPSHOTS = "snapshots";
  public static final String CHECKPOINTS = "checkpoints";
  private static final String SAVEPOINTS = "savepoints";
  private static final String SUMMARY = "summary.json";

  /** Frames that cameras may be ahead of the job: a few seconds of its work. */
  private static final int MOST_AHEAD = 2000;

  /**
   * What was read and what was embedded is deleted some time. The bounds hold many times {@link
   * #MOST_AHEAD}.
   */
  private static final Map<String, String> SHORT_RETENTION =
      Map.of(
          "retention.bytes", Integer.toString(256 << 20),
          "retention.ms", "-1",
          "segment.bytes", Integer.toString(32 << 20));

  private static final Map<String, String> KEEP = Map.of("retention.ms", "-1");
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LAST_REPORTS = Duration.ofSeconds(2);

  private final Settings settings;
  private final PrintWriter out;
  private final CountDownLatch stop;
  private final long startNanos = System.nanoTime();

  /**
   * What is run.
   *
   * @param options the job's, as {@link LocalOptions} gives them; the broker's address is added
   * @param directory where summary and snapshots go
   * @param steps steps to end after; null for no such end
   * @param duration time to end after; null for no such end
   * @param start capture time of the first frames
   * @param simulation the simulated cameras; null if there are real ones
   * @param videos the real cameras; empty if there are simulated ones
   * @param page where the page to watch is served; null for none
   */
  public record Settings(
      Configuration options,
      Path directory,
      @Nullable Long steps,
      @Nullable Duration duration,
      Instant start,
      @Nullable Simulation simulation,
      List<VideoSource> videos,
      @Nullable LocalPage page) {}

  /**
   * @param out what the person sees
   * @param stop counted down when the run shall end before its time
   */
  public LocalSession(Settings settings, PrintWriter out, CountDownLatch stop) {
    this.settings = settings;
    this.out = out;
    this.stop = stop;
  }

  public void run() throws Exception {
    clear();
    Configuration options = settings.options();
    Configuration flinkOptions = flinkOptions(options);
    int parallelism = flinkOptions.get(CoreOptions.DEFAULT_PARALLELISM);
    String topic = options.get(KafkaOptions.TOPIC_FRAMES);
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      options.set(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
      // As many partitions as readers: with one of each, the same seed gives the same encoder.
      kafka.createTopic(topic, parallelism, SHORT_RETENTION);
      kafka.createTopic(options.get(KafkaOptions.TOPIC_REJECTED), 1, KEEP);
      kafka.createTopic(options.get(KafkaOptions.TOPIC_TRAINING), 1, KEEP);
      kafka.createTopic(options.get(KafkaOptions.TOPIC_EMBEDDINGS), 1, SHORT_RETENTION);
      try (FlinkCluster flink = FlinkCluster.start(parallelism, flinkOptions);
          Admin admin = kafka.admin();
          FramePublisher publisher =
              FramePublisher.connect(kafka.bootstrapServers(), topic, Map.of());
          Cameras cameras =
              cameras(
                  publisher,
                  new ConsumerLag(admin, options.get(KafkaOptions.GROUP_ID), topic, MOST_AHEAD));
          TrainingReports reports =
              new TrainingReports(
                  kafka.bootstrapServers(), options.get(KafkaOptions.TOPIC_TRAINING));
          LocalKnowledge knowledge = knowledge();
          PageServer page = page(knowledge)) {
        describe(kafka, flink, page);
        FlinkCluster.Job job = flink.submit(job(options, flinkOptions));
        cameras.start();
        watch(job, cameras, reports, kafka, knowledge);
      }
    }
  }

  /** What an earlier run left. */
  private void clear() throws IOException {
    Files.createDirectories(settings.directory());
    for (String left : List.of(SNAPSHOTS, CHECKPOINTS, SAVEPOINTS, SUMMARY)) {
      Directories.delete(settings.directory().resolve(left));
    }
  }

  private Cameras cameras(FramePublisher publisher, Backlog backlog) {
    Simulation simulation = settings.simulation();
    return simulation == null
        ? new VideoCameras(settings.videos(), publisher, backlog)
        : new SimulatedCameras(simulation, settings.start(), publisher, backlog);
  }

  /** Flink's own options; an orderly stop writes a savepoint, also where checkpoints are off. */
  private static Configuration flinkOptions(Configuration options) {
    Configuration flink = FlinkSettings.of(options);
    flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, options.get(CheckpointOptions.DIRECTORY));
    return flink;
  }

  private static StreamExecutionEnvironment job(Configuration options, Configuration flinkOptions) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(flinkOptions);
    KafkaEnds.pipeline(options).build(environment);
    return environment;
  }

  private LocalKnowledge knowledge() {
    Configuration options = settings.options();
    return new LocalKnowledge(
        settings.simulation(),
        settings.start(),
        new UntrainedEncoder(() -> untrained(options), FrameOptions.settings(options)));
  }

  private @Nullable PageServer page(LocalKnowledge knowledge) throws IOException {
    LocalPage page = settings.page();
    return page == null ? null : page.serve(settings.options(), knowledge, describeCameras(), out);
  }

  private String describeCameras() {
    Simulation simulation = settings.simulation();
    return simulation == null
        ? String.join(", ", settings.videos().stream().map(VideoSource::camera).toList())
        : "%d simulated, %d classes, seed %d"
            .formatted(
                simulation.cameras().size(),
                simulation.settings().classes(),
                simulation.settings().seed());
  }

  private void describe(EmbeddedKafka kafka, FlinkCluster flink, @Nullable PageServer page)
      throws Exception {
    Configuration options = settings.options();
    EncoderSettings encoder = EncoderOptions.settings(options);
    if (page != null) {
      out.println("Page     " + page.address());
    }
    out.println("Flink    " + flink.webAddress());
    out.println("Metrics  " + flink.metricsAddress());
    out.println("Kafka    " + kafka.bootstrapServers());
    out.println("Cameras  " + describeCameras());
    out.printf(
        "Encoder  %s of width %d, %d x %d pixels to %d numbers; a step takes %d groups of %d"
            + " views%n",
        encoder.architecture(),
        encoder.width(),
        encoder.frameSize(),
        encoder.frameSize(),
        encoder.embeddingSize(),
        options.get(BatchOptions.GROUPS),
        options.get(PairingOptions.VIEWS));
    out.println();
    out.flush();
  }

  private void watch(
      FlinkCluster.Job job,
      Cameras cameras,
      TrainingReports reports,
      EmbeddedKafka kafka,
      LocalKnowledge knowledge)
      throws Exception {
    RunProgress progress = new RunProgress();
    ProgressLine line = ProgressLine.on(out);
    Snapshots snapshots = new Snapshots(settings.directory().resolve(SNAPSHOTS));
    try (SnapshotJudge judge = judge()) {
      knowledge.judgedBy(judge);
      while (!isOver(progress)) {
        take(reports.poll(POLL), progress);
        job.requireNotFailed();
        cameras.problem().ifPresent(LocalSession::fail);
        judge.consider(snapshots.newest());
        if (line.isDue()) {
          line.show(line(progress, judge));
        }
      }
      line.end();
      cameras.close();
      job.stop(settings.directory().resolve(SAVEPOINTS));
      Directories.delete(settings.directory().resolve(SAVEPOINTS));
      takeLast(reports, progress);
      Path snapshot = snapshots.newest();
      judge.conclude(snapshot);
      summarize(
          progress,
          judge,
          kafka.records(settings.options().get(KafkaOptions.TOPIC_REJECTED)),
          snapshot);
    }
  }

  private boolean isOver(RunProgress progress) {
    Long steps = settings.steps();
    Duration duration = settings.duration();
    return stop.getCount() == 0
        || steps != null && progress.steps() >= steps
        || duration != null && System.nanoTime() - startNanos >= duration.toNanos();
  }

  private static void take(List<StepReport> reports, RunProgress progress) {
    long now = System.nanoTime();
    reports.forEach(report -> progress.add(report, now));
  }

  /** The stopped job has flushed all its reports; they only have to be fetched. */
  private static void takeLast(TrainingReports reports, RunProgress progress) {
    long deadline = System.nanoTime() + LAST_REPORTS.toNanos();
    while (!reports.atEnd() && System.nanoTime() < deadline) {
      take(reports.poll(POLL), progress);
    }
  }

  private static void fail(String problem) {
    throw new IllegalStateException(problem);
  }

  /** The judge of the run's encoders; one that knows no scenes if the cameras are real. */
  private SnapshotJudge judge() {
    Simulation simulation = settings.simulation();
    if (simulation == null) {
      return new SnapshotJudge(null, Double.NaN);
    }
    EncoderSnapshot untrained = untrained(settings.options());
    HeldOutProbe probe =
        new HeldOutProbe(simulation, FrameOptions.settings(settings.options()), untrained);
    return new SnapshotJudge(probe, probe.accuracy(untrained));
  }

  /** The encoder that the learner begins with, drawn from the same seed. */
  private static EncoderSnapshot untrained(Configuration options) {
    try (Encoder encoder =
        ResNetS.forTraining(
            EncoderOptions.settings(options), 2, options.get(LearnerOptions.SEED))) {
      return EncoderSnapshot.of(encoder, 0);
    }
  }

  private String line(RunProgress progress, SnapshotJudge judge) {
    StepReport report = progress.newest();
    if (report == null) {
      return "waiting for the first step ...";
    }
    Simulation simulation = settings.simulation();
    StringBuilder line =
        new StringBuilder(
            "step %d  %.0f frames/s  %.1f steps/s  loss %.3f  prior %s"
                .formatted(
                    report.step(),
                    progress.recentFramesPerSecond(),
                    progress.recentStepsPerSecond(),
                    progress.lastLoss(),
                    prior(report)));
    if (simulation != null) {
      line.append(" (class prior %.3f)".formatted(simulation.truePrior()));
      line.append(
          "  probe %s (untrained %.3f)"
              .formatted(
                  Double.isNaN(judge.accuracy()) ? "-" : "%.3f".formatted(judge.accuracy()),
                  judge.untrainedAccuracy()));
    }
    return line.toString();
  }

  private static String prior(StepReport report) {
    return "%.3f%s"
        .formatted(report.prior().value(), report.prior().identified() ? "" : " not identified");
  }

  private void summarize(
      RunProgress progress, SnapshotJudge judge, long rejected, @Nullable Path snapshot)
      throws IOException {
    StepReport last = progress.newest();
    Simulation simulation = settings.simulation();
    RunSummary summary =
        new RunSummary(
            progress.steps(),
            (last == null ? 0 : last.framesSeen()) + rejected,
            rejected,
            last == null ? 0 : last.groupsSeen(),
            RunSummary.known(progress.firstLoss()),
            RunSummary.known(progress.lastLoss()),
            last == null ? null : last.prior().value(),
            last == null ? null : last.prior().identified(),
            simulation == null ? null : simulation.truePrior(),
            RunSummary.known(judge.accuracy()),
            RunSummary.known(judge.untrainedAccuracy()),
            progress.framesPerSecond(),
            progress.stepsPerSecond(),
            (System.nanoTime() - startNanos) / 1e9,
            snapshot == null ? null : snapshot.toString());
    Path file = settings.directory().resolve(SUMMARY);
    summary.write(file);
    print(summary, file);
  }

  private void print(RunSummary summary, Path file) {
    out.println();
    out.printf(
        "%d steps, %d frames read, %d rejected, %d groups in %.0f s%n",
        summary.steps(),
        summary.framesRead(),
        summary.framesRejected(),
        summary.groups(),
        summary.seconds());
    if (summary.initialLoss() != null) {
      out.printf(
          "Loss     %.3f -> %.3f (means of the first and last 20 steps)%n",
          summary.initialLoss(), summary.finalLoss());
    }
    if (summary.probeAccuracy() != null) {
      out.printf(
          "Probe    %.3f -> %.3f (held-out scenes named by their nearest neighbours)%n",
          summary.untrainedProbeAccuracy(), summary.probeAccuracy());
    }
    if (summary.snapshotPath() != null) {
      out.println("Encoder  " + summary.snapshotPath());
    }
    out.println("Summary  " + file);
    out.flush();
  }
}
