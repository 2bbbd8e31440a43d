package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.local.EmbeddedKafka;
import io.afterimage.stream.TestTopics.Message;
import io.afterimage.stream.kafka.KafkaEnds;
import io.afterimage.stream.metric.MetricTable;
import io.afterimage.stream.option.EmbeddingsOptions;
import io.afterimage.stream.option.FrameOptions;
import io.afterimage.stream.option.KafkaOptions;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.wire.EncoderId;
import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import io.afterimage.wire.StepReportJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job between real topics, on a cluster in this process. */
@Timeout(120)
class AfterimageJobITCase {
  private static final int CAMERAS = 4;
  private static final int FRAMES_PER_CAMERA = 480;
  private static final int GARBAGE = 1000;
  private static final String FRAMES = "frames";

  @TempDir static Path directory;

  private static EmbeddedKafka kafka;
  private static TestTopics topics;
  private static TestCluster cluster;
  private static List<Message> frames;
  private static Outcome undisturbed;

  /** The results of a run: the encoder at its end, and each step's report by its number. */
  private record Outcome(byte[] encoder, Map<Long, StepReport> reports) {
    EncoderSnapshot snapshot() throws IOException {
      return EncoderSnapshotCodec.decode(encoder);
    }
  }

  @BeforeAll
  static void runUndisturbed() throws Exception {
    kafka = EmbeddedKafka.start();
    topics = new TestTopics(kafka);
    cluster = new TestCluster();
    frames = TestFrames.ofCameras(CAMERAS, FRAMES_PER_CAMERA);
    topics.fill(FRAMES, frames);
    Configuration options = options("undisturbed", FRAMES);
    cluster.await(cluster.submit(pipeline(options), options, null));
    undisturbed = outcome("undisturbed");
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    kafka.close();
  }

  @Test
  void job_fromTopicToTopic_learnsReportsAndLeavesItsEncoder() throws Exception {
    List<Long> steps = List.copyOf(undisturbed.reports().keySet());
    StepReport last = undisturbed.reports().get((long) steps.size());

    assertThat(steps).hasSizeGreaterThan(40).startsWith(1L).endsWith((long) steps.size());
    assertThat(undisturbed.reports().values())
        .allSatisfy(report -> assertThat(report.loss()).isFinite())
        .noneMatch(StepReport::skipped);
    assertThat(last.framesSeen()).isBetween((long) frames.size() / 2, (long) frames.size());
    assertThat(undisturbed.snapshot().step()).isEqualTo(last.step());
    assertThat(undisturbed.snapshot().settings())
        .isEqualTo(new EncoderSettings("resnet-s", 8, 1, 16, Normalization.GROUP, 16));
    assertThat(topics.read("rejected-undisturbed")).isEmpty();
  }

  @Test
  void job_undisturbed_embedsEveryFrameOnceAsItsEncoderDoes() throws Exception {
    PublishedEmbeddings embeddings = embeddings("undisturbed");

    embeddings.assertEveryFrame();
    embeddings.assertEachOnce();
    embeddings.assertInTheOrderOfTheFrames();
    embeddings.assertBareInference(
        directory.resolve("snapshots-undisturbed"), options("inference", FRAMES));
  }

  @Test
  void embeddings_readInAnotherLanguage_areWhatTheSchemaSays() throws Exception {
    List<ConsumerRecord<byte[], byte[]>> records = topics.read("embeddings-undisturbed");

    List<String> expected = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      FrameEmbedding e = FrameEmbeddingCodec.decode(record.key(), record.value());
      expected.add(
          "%d %s %d %d %d %d 1.0000"
              .formatted(
                  e.captureMillis(),
                  EncoderId.hex(e.encoderId()),
                  e.step(),
                  e.partition(),
                  e.offset(),
                  e.vector().length));
    }
    assertThat(PythonConsumer.read(directory, records)).isEqualTo(expected).isNotEmpty();
  }

  private static PublishedEmbeddings embeddings(String run) throws IOException {
    return new PublishedEmbeddings(topics.read("embeddings-" + run), frames);
  }

  @Test
  void job_againWithoutEmbeddings_givesTheSameWeights() throws Exception {
    Configuration options = options("again", FRAMES);
    options.set(EmbeddingsOptions.ENABLED, false);
    cluster.await(cluster.submit(pipeline(options), options, null));

    assertSameAsUndisturbed("again");
  }

  @Test
  void job_killedHalfWay_givesTheWeightsOfTheUndisturbedRun() throws Exception {
    GatedLearner.shut();
    Configuration options = options("killed", FRAMES);
    JobID job = cluster.submit(gated(options), options, null);
    topics.awaitRecords("training-killed", 25);
    cluster.awaitCheckpoints(job, 2);
    cluster.replaceTaskManager();
    GatedLearner.open();
    cluster.await(job);

    assertThat(GatedLearner.restoredSteps())
        .singleElement(InstanceOfAssertFactories.LONG)
        .isBetween(1L, undisturbed.snapshot().step() - 1);
    assertSameAsUndisturbed("killed");
    embeddings("killed").assertEveryFrame();
  }

  @Test
  void job_stoppedWithASavepointAndStartedAgain_goesOnWhereItWas() throws Exception {
    GatedLearner.shut();
    Configuration options = options("stopped", FRAMES);
    options.set(KafkaOptions.BOUNDED, false);
    JobID job = cluster.submit(gated(options), options, null);
    topics.awaitRecords("training-stopped", 25);
    String scraped = cluster.scrape();
    assertThat(MetricTable.names()).allSatisfy(name -> assertThat(scraped).contains(name + "{"));
    String savepoint = cluster.stopWithSavepoint(job, uri("savepoints"), false);
    long stoppedAfter = reports("stopped").keySet().stream().max(Long::compare).orElseThrow();

    GatedLearner.open();
    JobID resumed = cluster.submit(gated(options), options, savepoint);
    topics.awaitCommitted("stopped", FRAMES, frames.size());
    cluster.stopWithSavepoint(resumed, uri("savepoints"), true);

    assertThat(GatedLearner.restoredSteps()).containsExactly(stoppedAfter);
    assertThat(topics.read("training-stopped")).hasSameSizeAs(undisturbed.reports().keySet());
    assertSameAsUndisturbed("stopped");
    embeddings("stopped").assertEveryFrame();
    embeddings("stopped").assertEachOnce();

    assertAnotherEncoderIsRefused(savepoint, "wider", "encoder.width", 16);
    assertAnotherEncoderIsRefused(savepoint, "larger", "frame.size", 24);
  }

  /** Whichever of the operators with stored frames or encoders is the first to open. */
  private void assertAnotherEncoderIsRefused(String savepoint, String run, String option, int given)
      throws Exception {
    Configuration other = options(run, FRAMES);
    String stored = other.toMap().get(option);
    other.setString(option, Integer.toString(given));
    JobID job = cluster.submit(pipeline(other), other, savepoint);

    assertThatThrownBy(() -> cluster.await(job))
        .rootCause()
        .isInstanceOf(IncompatibleEncoderException.class)
        .hasMessage(new IncompatibleEncoderException(option, stored, given).getMessage());
    assertThat(topics.read("training-" + run)).isEmpty();
  }

  @Test
  void job_onTwoPartitionsAndSubtasks_losesNothing() throws Exception {
    topics.fill("two", 2, frames);
    Configuration options = options("two", "two");
    options.setString("flink.parallelism.default", "2");
    cluster.await(cluster.submit(pipeline(options), options, null));

    // The order of the groups of different cameras is free, so that the weights may differ.
    Outcome outcome = outcome("two");
    long last = outcome.snapshot().step();
    assertThat(last).isEqualTo(undisturbed.snapshot().step());
    assertThat(outcome.reports().get(last).groupsSeen())
        .isEqualTo(undisturbed.reports().get(last).groupsSeen());
  }

  @Test
  void job_withGarbageAmongTheFrames_setsEachAsideOnceAndLearnsTheSame() throws Exception {
    List<Message> mixed = new ArrayList<>(frames);
    Garbage garbage = Garbage.of(GARBAGE, frames);
    Map<String, Integer> expected = garbage.reasons();
    Random random = new Random(3);
    for (Message one : garbage.messages()) {
      mixed.add(random.nextInt(mixed.size()), one);
    }
    topics.fill("mixed", mixed);
    Configuration options = options("garbage", "mixed");
    // Hundreds of one camera's records have one time.
    options.set(FrameOptions.MAX_RATE, 0.0);
    JobID job = cluster.submit(pipeline(options), options, null);
    cluster.await(job);

    List<ConsumerRecord<byte[], byte[]>> letters = topics.read("rejected-garbage");
    Map<String, Integer> reasons = new TreeMap<>();
    letters.forEach(letter -> reasons.merge(header(letter, "reason"), 1, Integer::sum));
    assertThat(reasons).isEqualTo(expected);
    assertThat(letters).extracting(letter -> header(letter, "offset")).doesNotHaveDuplicates();
    for (ConsumerRecord<byte[], byte[]> letter : letters) {
      Message original = mixed.get(Integer.parseInt(header(letter, "offset")));
      assertThat(letter.key()).isEqualTo(original.key());
      assertThat(header(letter, "timestamp")).isEqualTo(Long.toString(original.timestamp()));
      if (letter.headers().lastHeader("length") == null) {
        assertThat(letter.value()).isEqualTo(original.value());
      }
    }
    expected.forEach(
        (reason, count) ->
            assertThat(rejectedCounter(job, reason)).as(reason).isEqualTo((long) count));
    assertSameAsUndisturbed("garbage");
  }

  @Test
  void job_showsItsMetrics() throws Exception {
    Configuration options = options("metrics", FRAMES);
    JobID job = cluster.submit(pipeline(options), options, null);
    cluster.await(job);

    StepReport last = undisturbed.reports().get(undisturbed.snapshot().step());
    assertThat(cluster.gauge(job, "learn", "learner.0.step")).isEqualTo((double) last.step());
    assertThat(cluster.gauge(job, "learn", "learner.0.loss")).isEqualTo(last.loss());
    assertThat(cluster.gauge(job, "learn", "learner.0.frames_seen"))
        .isEqualTo((double) last.framesSeen());
    assertThat(cluster.gauge(job, "learn", "learner.0.phase.forward.seconds_total")).isPositive();
    assertThat(cluster.gauge(job, "learn", "learner.0.similarity.le.1.0.positive_pairs_total"))
        .isEqualTo(8.0 * last.step());
    assertThat(cluster.gauge(job, "learn", "learner.0.phase.batch.seconds_total")).isPositive();
    assertThat(cluster.counter(job, "decode", "frames_accepted_total")).isEqualTo(frames.size());
    // Up to three more wait for a fourth, with which they would be a mini-batch.
    assertThat(cluster.counter(job, "pair", "groups_total"))
        .isBetween(last.groupsSeen(), last.groupsSeen() + 3);
  }

  private static void assertSameAsUndisturbed(String run) throws IOException {
    Outcome outcome = outcome(run);
    assertThat(outcome.reports().keySet()).isEqualTo(undisturbed.reports().keySet());
    outcome
        .reports()
        .forEach(
            (step, report) -> {
              StepReport same = undisturbed.reports().get(step);
              assertThat(report.framesSeen())
                  .as("frames at step %d", step)
                  .isEqualTo(same.framesSeen());
              assertThat(report.groupsSeen())
                  .as("groups at step %d", step)
                  .isEqualTo(same.groupsSeen());
              assertThat(report.loss()).as("loss at step %d", step).isEqualTo(same.loss());
            });
    assertThat(outcome.encoder()).isEqualTo(undisturbed.encoder());
  }

  private static Configuration options(String run, String topic) throws Exception {
    topics.create("training-" + run);
    topics.create("rejected-" + run);
    topics.create("embeddings-" + run);
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.put("kafka.group-id", run);
    options.put("kafka.bounded", "true");
    options.put("kafka.topic.frames", topic);
    options.put("kafka.topic.training", "training-" + run);
    options.put("kafka.topic.rejected", "rejected-" + run);
    options.put("kafka.topic.embeddings", "embeddings-" + run);
    options.put("frame.size", "16");
    options.put("frame.max-bytes", "64 kb");
    options.put("memory.capacity", "64");
    options.put("batch.groups", "8");
    options.put("batch.fresh-groups", "4");
    options.put("encoder.width", "8");
    options.put("encoder.embedding-size", "16");
    options.put("prior.warmup-steps", "10");
    options.put("optimizer.warmup-steps", "5");
    options.put("snapshot.directory", uri("snapshots-" + run));
    options.put("snapshot.interval-steps", "15");
    options.put("snapshot.keep", "100");
    options.put("embeddings.refresh-steps", "15");
    options.put("checkpoint.interval", "200 ms");
    options.put("checkpoint.directory", uri("checkpoints-" + run));
    return OptionsReader.read(null, options);
  }

  private static AfterimagePipeline pipeline(Configuration options) {
    return new AfterimagePipeline(
        KafkaEnds.frames(options),
        KafkaEnds.rejections(options),
        KafkaEnds.reports(options),
        KafkaEnds.embeddings(options),
        options);
  }

  private static AfterimagePipeline gated(Configuration options) {
    return new AfterimagePipeline(
        KafkaEnds.frames(options),
        KafkaEnds.rejections(options),
        KafkaEnds.reports(options),
        KafkaEnds.embeddings(options),
        options,
        GatedLearner::create);
  }

  private static Outcome outcome(String run) throws IOException {
    Path snapshots = directory.resolve("snapshots-" + run);
    String latest = Files.readString(snapshots.resolve("latest")).strip();
    return new Outcome(
        Files.readAllBytes(snapshots.resolve(latest).resolve("encoder.afim")), reports(run));
  }

  /** Reports by step; one that a restored job made again must say the same. */
  private static Map<Long, StepReport> reports(String run) throws IOException {
    Map<Long, StepReport> reports = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> message : topics.read("training-" + run)) {
      StepReport report = StepReportJson.read(message.value());
      StepReport before = reports.put(report.step(), report);
      if (before != null) {
        assertThat(report.loss()).isEqualTo(before.loss());
        assertThat(report.framesSeen()).isEqualTo(before.framesSeen());
      }
    }
    return reports;
  }

  private static long rejectedCounter(JobID job, String reason) {
    return cluster.counter(job, "decode", "frames_rejected_by.reason." + reason + ".total");
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static String uri(String name) {
    return directory.resolve(name).toUri().toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
