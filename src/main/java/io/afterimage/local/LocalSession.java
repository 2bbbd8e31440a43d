package io.afterimage.local;

import io.afterimage.gateway.FramePublisher;
import io.afterimage.gateway.VideoSource;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.page.PageServer;
import io.afterimage.stream.kafka.KafkaEnds;
import io.afterimage.stream.option.CheckpointOptions;
import io.afterimage.stream.option.EncoderOptions;
import io.afterimage.stream.option.FlinkSettings;
import io.afterimage.stream.option.FrameOptions;
import io.afterimage.stream.option.KafkaOptions;
import io.afterimage.stream.option.LearnerOptions;
import io.afterimage.terminal.ProgressLine;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.Encoder;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.ResNetS;
import io.afterimage.wire.kafka.KafkaClients;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * One local run: starts all parts, follows the training, stops all parts, and writes the summary.
 */
public final class LocalSession {
  /** Most frames that cameras may be ahead of the job: a few seconds of its work. */
  private static final int MOST_AHEAD = 2000;

  /** Retention of frames and embeddings. The bounds are many times {@link #MOST_AHEAD}. */
  private static final Map<String, String> SHORT_RETENTION =
      Map.of(
          "retention.bytes", Integer.toString(256 << 20),
          "retention.ms", "-1",
          "segment.bytes", Integer.toString(32 << 20));

  private static final Map<String, String> KEEP = Map.of("retention.ms", "-1");
  private static final Duration SEAM = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LAST_REPORTS = Duration.ofSeconds(2);

  private final Settings settings;
  private final PrintWriter out;
  private final CountDownLatch stop;
  private final RunText text;
  private final long startNanos = System.nanoTime();

  /**
   * Settings of a run.
   *
   * @param options the job's options from {@link LocalOptions}; the broker's address is added
   * @param directory directory for the run's results
   * @param earlier handling of an earlier run in the directory
   * @param commands the commands to show
   * @param steps steps after which the run ends, counted from its start; null for no limit
   * @param duration time after which the run ends; null for no limit
   * @param start capture time of the first frames
   * @param simulation the simulated cameras; null if there are real ones
   * @param videos the real cameras; empty if there are simulated ones
   * @param page address of the page; null for none
   */
  public record Settings(
      Configuration options,
      RunDirectory directory,
      Earlier earlier,
      RunCommands commands,
      @Nullable Long steps,
      @Nullable Duration duration,
      Instant start,
      @Nullable Simulation simulation,
      List<VideoSource> videos,
      @Nullable LocalPage page) {}

  /** The handling of an earlier run in the same directory. */
  public enum Earlier {
    /** Move it aside, and start a new run. */
    KEEP,
    /** Delete it, and start a new run. */
    DELETE,
    /** Resume it. */
    RESUME
  }

  /**
   * @param out output for the user
   * @param stop counted down to end the run early
   */
  public LocalSession(Settings settings, PrintWriter out, CountDownLatch stop) {
    this.settings = settings;
    this.out = out;
    this.stop = stop;
    text = new RunText(settings, out);
  }

  public void run() throws Exception {
    Path state = state();
    Configuration options = settings.options();
    Configuration flinkOptions = flinkOptions(options, state);
    int parallelism = flinkOptions.get(CoreOptions.DEFAULT_PARALLELISM);
    String topic = options.get(KafkaOptions.TOPIC_FRAMES);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(settings.directory().kafka())) {
      options.set(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
      if (state == null) {
        createTopics(kafka, parallelism);
      }
      Played played = Played.in(kafka, topic);
      try (FlinkCluster flink = FlinkCluster.start(parallelism, flinkOptions);
          Admin admin = kafka.admin();
          FramePublisher publisher =
              FramePublisher.connect(kafka.bootstrapServers(), topic, Map.of());
          Cameras cameras =
              cameras(
                  publisher,
                  new ConsumerLag(
                      admin,
                      options.get(KafkaOptions.GROUP_ID),
                      topic,
                      played.frames(),
                      MOST_AHEAD),
                  played);
          TrainingReports reports =
              new TrainingReports(
                  kafka.bootstrapServers(), options.get(KafkaOptions.TOPIC_TRAINING));
          LocalKnowledge knowledge = knowledge();
          PageServer page = page(knowledge)) {
        long before = reports.skipToEnd();
        limitSteps(before);
        text.describe(kafka, flink, page, before);
        FlinkCluster.Job job = flink.submit(job(options, flinkOptions));
        cameras.start();
        watch(job, cameras, reports, before, kafka, knowledge);
      }
    }
  }

  /** The state to resume from; without resuming, makes room for a new run and returns null. */
  private @Nullable Path state() throws IOException {
    RunDirectory directory = settings.directory();
    switch (settings.earlier()) {
      case RESUME -> {
        return directory.newestState().orElseThrow();
      }
      case DELETE -> directory.delete();
      case KEEP -> directory.setAside().ifPresent(text::earlierRunIsIn);
    }
    return null;
  }

  private void createTopics(EmbeddedKafka kafka, int parallelism) {
    Configuration options = settings.options();
    // One partition per reader: with one of each, the same seed gives the same encoder.
    kafka.createTopic(options.get(KafkaOptions.TOPIC_FRAMES), parallelism, SHORT_RETENTION);
    kafka.createTopic(options.get(KafkaOptions.TOPIC_REJECTED), 1, KEEP);
    kafka.createTopic(options.get(KafkaOptions.TOPIC_TRAINING), 1, KEEP);
    kafka.createTopic(options.get(KafkaOptions.TOPIC_EMBEDDINGS), 1, SHORT_RETENTION);
  }

  /** Limits the steps of this run; the learner counts the steps of all runs. */
  private void limitSteps(long before) {
    Long steps = settings.steps();
    if (steps != null) {
      settings.options().set(LearnerOptions.MAX_STEPS, before + steps);
    }
  }

  private Cameras cameras(FramePublisher publisher, Backlog backlog, Played played) {
    Simulation simulation = settings.simulation();
    return simulation == null
        ? new VideoCameras(videos(played), publisher, backlog)
        : new SimulatedCameras(
            simulation, settings.start(), played.newestMillis(), publisher, backlog);
  }

  /** Files continue after their published frames, with a gap too long for pairing. */
  private List<VideoSource> videos(Played played) {
    Instant next = Instant.ofEpochMilli(played.newestMillis()).plus(SEAM);
    return next.isBefore(settings.start())
        ? settings.videos()
        : settings.videos().stream().map(video -> video.startingAt(next)).toList();
  }

  /** Flink's own options; a clean stop writes a savepoint even if checkpoints are off. */
  private static Configuration flinkOptions(Configuration options, @Nullable Path state) {
    Configuration flink = FlinkSettings.of(options);
    flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, options.get(CheckpointOptions.DIRECTORY));
    if (state != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, Directories.forFlink(state));
    }
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
    return page == null ? null : page.serve(settings.options(), knowledge, text.cameras(), out);
  }

  private void watch(
      FlinkCluster.Job job,
      Cameras cameras,
      TrainingReports reports,
      long before,
      EmbeddedKafka kafka,
      LocalKnowledge knowledge)
      throws Exception {
    RunProgress progress = new RunProgress();
    ProgressLine line = ProgressLine.on(out);
    RunDirectory directory = settings.directory();
    Snapshots snapshots = new Snapshots(directory.snapshots());
    boolean commandsShown = false;
    try (SnapshotJudge judge = judge()) {
      knowledge.judgedBy(judge);
      while (!isOver(progress, before)) {
        take(reports.poll(POLL), progress);
        job.requireNotFailed();
        cameras.problem().ifPresent(LocalSession::fail);
        judge.consider(snapshots.newest());
        if (line.isDue()) {
          if (!commandsShown && snapshots.newest() != null) {
            commandsShown = showCommands(line, kafka);
          }
          line.show(text.line(progress, judge));
        }
      }
      line.end();
      cameras.close();
      Path state = job.stop(directory.savepoints());
      if (state != null) {
        directory.keepOnly(state);
      }
      takeLast(reports, progress);
      Path snapshot = snapshots.newest();
      judge.conclude(snapshot);
      summarize(
          progress,
          judge,
          kafka.records(settings.options().get(KafkaOptions.TOPIC_REJECTED)),
          snapshot);
      if (snapshot != null) {
        settings.commands().afterwards(out, directory.newestState().isPresent());
      }
    }
  }

  /** Shows the example commands, once a search would find frames. */
  private boolean showCommands(ProgressLine line, EmbeddedKafka kafka) throws IOException {
    Configuration options = settings.options();
    Optional<ExampleFrame> example =
        ExampleFrame.write(
            new KafkaClients(kafka.bootstrapServers()),
            options.get(KafkaOptions.TOPIC_FRAMES),
            options.get(KafkaOptions.TOPIC_EMBEDDINGS),
            settings.directory().example());
    if (example.isEmpty()) {
      return false;
    }
    line.end();
    settings.commands().whileItRuns(out, kafka.bootstrapServers(), example.get());
    return true;
  }

  private boolean isOver(RunProgress progress, long before) {
    Long steps = settings.steps();
    Duration duration = settings.duration();
    return stop.getCount() == 0
        || steps != null && progress.steps() >= before + steps
        || duration != null && System.nanoTime() - startNanos >= duration.toNanos();
  }

  private static void take(List<StepReport> reports, RunProgress progress) {
    long now = System.nanoTime();
    reports.forEach(report -> progress.add(report, now));
  }

  /** Reads the last reports, which the stopped job has flushed. */
  private static void takeLast(TrainingReports reports, RunProgress progress) {
    long deadline = System.nanoTime() + LAST_REPORTS.toNanos();
    while (!reports.atEnd() && System.nanoTime() < deadline) {
      take(reports.poll(POLL), progress);
    }
  }

  private static void fail(String problem) {
    throw new IllegalStateException(problem);
  }

  /** The evaluator of the run's encoders, without scenes if the cameras are real. */
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

  /** The learner's initial encoder, from the same seed. */
  private static EncoderSnapshot untrained(Configuration options) {
    try (Encoder encoder =
        ResNetS.forTraining(
            EncoderOptions.settings(options), 2, options.get(LearnerOptions.SEED))) {
      return EncoderSnapshot.of(encoder, 0);
    }
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
    Path file = settings.directory().summary();
    summary.write(file);
    text.print(summary, progress, file);
  }
}
