package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.local.EmbeddedKafka;
import io.afterimage.stream.TestTopics.Message;
import io.afterimage.stream.kafka.KafkaEnds;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.wire.StepReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The output of a killed exactly-once job for readers of committed records. */
@Timeout(120)
class ExactlyOnceITCase {
  private static final String FRAMES = "frames";
  private static final int GARBAGE = 50;

  @TempDir static Path directory;

  private static EmbeddedKafka kafka;
  private static TestTopics topics;
  private static TestCluster cluster;
  private static List<Message> frames;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    topics = new TestTopics(kafka);
    cluster = new TestCluster();
    frames = TestFrames.ofCameras(4, 480);
    List<Message> all = new ArrayList<>(frames);
    for (int i = 0; i < GARBAGE; i++) {
      Message frame = frames.get(i);
      all.add(new Message(frame.key(), new byte[] {1, 2, 3}, frame.timestamp()));
    }
    topics.fill(FRAMES, all);
    for (String run : List.of("killed", "saved")) {
      for (String topic : List.of("training-", "rejected-", "embeddings-")) {
        topics.create(topic + run);
      }
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
    kafka.close();
  }

  @Test
  void job_killedBetweenCheckpoints_showsEachRecordOnceToReadersOfCommitted() throws Exception {
    GatedLearner.shut();
    // Far enough apart that steps lie between the last checkpoint and the kill.
    Configuration options = options("killed", Map.of("checkpoint.interval", "3 s"));
    JobID job = cluster.submit(pipeline(options), options, null);
    cluster.awaitCheckpoints(job, 2);
    topics.awaitRecords("training-killed", topics.read("training-killed").size() + 4);
    List<Long> seenByTheImpatient = steps(topics.read("training-killed"));
    assertThat(steps(topics.readCommitted("training-killed")))
        .hasSizeLessThan(seenByTheImpatient.size());
    cluster.replaceTaskManager();
    GatedLearner.open();
    cluster.await(job);

    assertThat(GatedLearner.restoredSteps()).hasSize(1);
    assertThat(GatedLearner.restoredSteps().get(0)).isLessThan(seenByTheImpatient.size());
    assertEachRecordOnce("killed");
    // Uncommitted records of the killed attempt are visible to readers of everything.
    assertThat(topics.read("training-killed")).hasSizeGreaterThan((int) lastStep("killed"));
  }

  @Test
  void job_startedFromASavepointWhoseTransactionsNobodyCommitted_commitsThem() throws Exception {
    GatedLearner.shut();
    // No checkpoint commits anything before.
    Configuration options =
        options("saved", Map.of("checkpoint.interval", "10 min", "kafka.bounded", "false"));
    JobID job = cluster.submit(pipeline(options), options, null);
    topics.awaitRecords("training-saved", 25);
    String savepoint = cluster.savepointAndCancel(job, uri("savepoints"));
    assertThat(topics.readCommitted("training-saved")).isEmpty();

    GatedLearner.open();
    options = options("saved", Map.of("checkpoint.interval", "200 ms", "kafka.bounded", "false"));
    JobID resumed = cluster.submit(pipeline(options), options, savepoint);
    topics.awaitCommitted("saved", FRAMES, frames.size() + GARBAGE);
    cluster.stopWithSavepoint(resumed, uri("savepoints"), true);

    assertEachRecordOnce("saved");
  }

  private static void assertEachRecordOnce(String run) throws Exception {
    assertThat(steps(topics.readCommitted("training-" + run)))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, lastStep(run)).boxed().toList());
    assertThat(topics.readCommitted("rejected-" + run)).hasSize(GARBAGE);
    PublishedEmbeddings embeddings =
        new PublishedEmbeddings(topics.readCommitted("embeddings-" + run), frames);
    embeddings.assertEveryFrame();
    embeddings.assertEachOnce();
  }

  private static List<Long> steps(List<ConsumerRecord<byte[], byte[]>> reports) throws IOException {
    List<Long> steps = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> report : reports) {
      steps.add(StepReportJson.read(report.value()).step());
    }
    return steps;
  }

  private static long lastStep(String run) throws IOException {
    Path snapshots = directory.resolve("snapshots-" + run);
    String latest = Files.readString(snapshots.resolve("latest")).strip();
    return EncoderSnapshotCodec.decode(
            Files.readAllBytes(snapshots.resolve(latest).resolve("encoder.afim")))
        .step();
  }

  private static AfterimagePipeline pipeline(Configuration options) {
    return new AfterimagePipeline(
        KafkaEnds.frames(options),
        KafkaEnds.rejections(options),
        KafkaEnds.reports(options),
        KafkaEnds.embeddings(options),
        options,
        GatedLearner::create);
  }

  private static Configuration options(String run, Map<String, String> more) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.put("kafka.group-id", run);
    options.put("kafka.bounded", "true");
    options.put("kafka.topic.frames", FRAMES);
    for (String topic : List.of("training", "rejected", "embeddings")) {
      options.put("kafka.topic." + topic, topic + "-" + run);
    }
    options.put("sink.delivery-guarantee", "exactly-once");
    options.put("frame.size", "16");
    options.put("memory.capacity", "64");
    options.put("batch.groups", "8");
    options.put("batch.fresh-groups", "4");
    options.put("encoder.width", "8");
    options.put("encoder.embedding-size", "16");
    options.put("snapshot.directory", uri("snapshots-" + run));
    options.put("checkpoint.directory", uri("checkpoints-" + run));
    options.putAll(more);
    return OptionsReader.read(null, options);
  }

  private static String uri(String name) {
    return directory.resolve(name).toUri().toString();
  }
}
