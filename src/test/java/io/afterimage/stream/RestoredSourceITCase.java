package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.local.EmbeddedKafka;
import io.afterimage.stream.TestTopics.Message;
import io.afterimage.stream.kafka.KafkaEnds;
import io.afterimage.stream.option.OptionsReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The position of a restored job if the topic of frames changed in the meantime. No record here is
 * a frame, so that the dead letters say which ones were read.
 */
@Timeout(120)
class RestoredSourceITCase {
  @TempDir static Path directory;

  private static EmbeddedKafka kafka;
  private static TestTopics topics;
  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    topics = new TestTopics(kafka);
    cluster = new TestCluster();
  }

  @AfterAll
  static void stop() {
    cluster.close();
    kafka.close();
  }

  @Test
  void restored_fromAnOffsetThatRetentionRemoved_readsAllThatIsHeldWhateverTheStart()
      throws Exception {
    topics.fill("purged", records(60));
    String savepoint = readAndSave("purged", 60);
    topics.append("purged", records(80));
    try (Admin admin = kafka.admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition("purged", 0), RecordsToDelete.beforeOffset(100)))
          .all()
          .get();
    }

    try (CapturedLog log = new CapturedLog()) {
      Configuration latest = options("purged-on", "purged", Map.of("kafka.start", "latest"));
      JobID job = submit(latest, savepoint);
      assertThat(readUpTo("purged-on", 40)).isEqualTo(offsets(100, 140));
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("purged-0", "retention removed 40 records", "100", "60"));
      assertThat(cluster.scrape())
          .containsPattern("frames_removed_unread_total\\{[^}]*" + job + "[^}]*} 40\\.0");
      cluster.stopWithSavepoint(job, uri("savepoints"), false);
    }
  }

  @Test
  void latest_aPartitionAddedLater_isReadFromItsBeginning() throws Exception {
    topics.fill("grown", records(10));
    Configuration options =
        options(
            "grown",
            "grown",
            Map.of("kafka.start", "latest", "kafka.partition-discovery", "100 ms"));
    JobID job = submit(options, null);
    cluster.awaitCheckpoints(job, 2);
    try (Admin admin = kafka.admin()) {
      admin.createPartitions(Map.of("grown", NewPartitions.increaseTo(2))).all().get();
    }
    topics.append("grown", 1, records(5));

    topics.awaitRecords("rejected-grown", 5);
    assertThat(topics.read("rejected-grown"))
        .filteredOn(letter -> header(letter, "partition").equals("1"))
        .extracting(letter -> header(letter, "offset"))
        .containsExactly("0", "1", "2", "3", "4");
    cluster.stopWithSavepoint(job, uri("savepoints"), false);
  }

  @Test
  void restored_ontoATopicMadeAnew_failsOrReadsItFromItsBeginning() throws Exception {
    topics.fill("anew", records(60));
    String savepoint = readAndSave("anew", 60);
    String before = topicId("anew");
    try (Admin admin = kafka.admin()) {
      admin.deleteTopics(List.of("anew")).all().get();
    }
    topics.fill("anew", records(100));

    JobID refused = submit(options("anew-refused", "anew", Map.of()), savepoint);
    assertThatThrownBy(() -> cluster.await(refused))
        .rootCause()
        .hasMessageContainingAll("anew", before, topicId("anew"), "kafka.changed-topic", "restart");
    assertThat(topics.read("rejected-anew-refused")).isEmpty();

    Configuration restart = options("anew-on", "anew", Map.of("kafka.changed-topic", "restart"));
    try (CapturedLog log = new CapturedLog()) {
      JobID job = submit(restart, savepoint);
      assertThat(readUpTo("anew-on", 100)).isEqualTo(offsets(0, 100));
      assertThat(log.lines())
          .anySatisfy(line -> assertThat(line).contains(before, topicId("anew"), "beginning"));
      String again = cluster.stopWithSavepoint(job, uri("savepoints"), false);

      // The state is now the new topic's.
      topics.append("anew", records(3));
      JobID on = submit(options("anew-again", "anew", Map.of()), again);
      assertThat(readUpTo("anew-again", 3)).isEqualTo(offsets(100, 103));
      cluster.stopWithSavepoint(on, uri("savepoints"), false);
    }
  }

  @Test
  void restored_withAnotherTopicsName_failsOrReadsThatTopicOnly() throws Exception {
    topics.fill("first", records(20));
    topics.fill("second", records(30));
    String savepoint = readAndSave("first", 20);
    topics.append("first", records(5));

    JobID refused = submit(options("second-refused", "second", Map.of()), savepoint);
    assertThatThrownBy(() -> cluster.await(refused))
        .rootCause()
        .hasMessageContainingAll("kafka.topic.frames", "first", "second", "kafka.changed-topic");

    Configuration restart =
        options("second-on", "second", Map.of("kafka.changed-topic", "restart"));
    JobID job = submit(restart, savepoint);
    assertThat(readUpTo("second-on", 30)).isEqualTo(offsets(0, 30));
    cluster.stopWithSavepoint(job, uri("savepoints"), false);
    assertThat(topics.read("rejected-second-on")).hasSize(30);
  }

  /** Reads a topic to its end, and returns the savepoint of that. */
  private static String readAndSave(String topic, int count) throws Exception {
    JobID job = submit(options(topic, topic, Map.of()), null);
    assertThat(readUpTo(topic, count)).isEqualTo(offsets(0, count));
    return cluster.stopWithSavepoint(job, uri("savepoints"), false);
  }

  private static JobID submit(Configuration options, String savepoint) throws Exception {
    return cluster.submit(KafkaEnds.pipeline(options), options, savepoint);
  }

  /** Waits until a run has read so many records, and returns the offsets of all that it read. */
  private static List<Long> readUpTo(String run, int count) throws Exception {
    topics.awaitRecords("rejected-" + run, count);
    return topics.read("rejected-" + run).stream()
        .map(letter -> Long.valueOf(header(letter, "offset")))
        .toList();
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static String topicId(String topic) throws Exception {
    try (Admin admin = kafka.admin()) {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .topicId()
          .toString();
    }
  }

  private static List<Long> offsets(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  private static List<Message> records(int count) {
    long now = System.currentTimeMillis();
    byte[] camera = "gate".getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, count)
        .mapToObj(i -> new Message(camera, new byte[] {1, 2, 3}, now + 1000L * i))
        .toList();
  }

  private static Configuration options(String run, String topic, Map<String, String> more)
      throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.put("kafka.group-id", run);
    options.put("kafka.topic.frames", topic);
    for (String each : List.of("training", "rejected")) {
      options.put("kafka.topic." + each, each + "-" + run);
      topics.create(each + "-" + run);
    }
    options.put("embeddings.enabled", "false");
    options.put("frame.size", "16");
    options.put("encoder.width", "8");
    options.put("memory.capacity", "0");
    options.put("batch.groups", "2");
    options.put("batch.fresh-groups", "2");
    options.put("checkpoint.interval", "200 ms");
    options.put("checkpoint.directory", uri("checkpoints-" + run));
    options.putAll(more);
    return OptionsReader.read(null, options);
  }

  private static String uri(String name) {
    return directory.resolve(name).toUri().toString();
  }
}
