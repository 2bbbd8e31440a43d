package io.afterimage.cli.search;

import static io.afterimage.cli.search.SearchTopics.FIRST;
import static io.afterimage.cli.search.SearchTopics.id;
import static io.afterimage.cli.search.SearchTopics.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.search.EmbeddingIndex;
import io.afterimage.search.EmbeddingIndexer;
import io.afterimage.search.Keep;
import io.afterimage.search.kafka.EmbeddingTopic;
import io.afterimage.wire.EncoderId;
import io.afterimage.wire.kafka.KafkaClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the search's index follows a topic of embeddings. */
class SearchIndexITCase {
  @TempDir private static Path shared;
  private static SearchTopics topics;

  @TempDir Path directory;
  private SearchCommand command;

  @BeforeAll
  static void publish() throws Exception {
    topics = new SearchTopics(shared);
  }

  @AfterAll
  static void stop() {
    topics.close();
  }

  @BeforeEach
  void createCommand() {
    command = new SearchCommand(topics.kafka().bootstrapServers(), directory);
  }

  @Test
  void topicOrIndexThatIsNotThere_isNamed() {
    assertThat(command.search("--list", "--embeddings", "missing")).isEqualTo(1);
    assertThat(command.err().toString()).contains("missing");
    assertThat(
            command.search(
                "--list", "--no-update", "--index", directory.resolve("none").toString()))
        .isEqualTo(1);
    assertThat(command.err().toString()).contains("there is no index");
  }

  @Test
  void update_again_addsOnlyWhatIsNew_andPassesOverWhatIsNoEmbedding() throws Exception {
    topics.kafka().createTopic("some", 2, Map.of("retention.ms", "-1"));
    topics.publishEmbeddings("some", topics.frames().subList(0, 10));
    assertThat(command.search("--update", "--embeddings", "some")).isZero();
    assertThat(command.err().toString()).contains("10 embeddings added");

    topics.publishEmbeddings("some", topics.frames().subList(5, 15));
    try (KafkaProducer<byte[], byte[]> producer = topics.producer()) {
      producer.send(new ProducerRecord<>("some", utf8("gate"), utf8("nonsense"))).get();
    }
    assertThat(command.search("--update", "--embeddings", "some")).isZero();
    assertThat(command.err().toString())
        .contains("10 embeddings added", "20 read in all", "1 records of the topic some");

    assertThat(command.search("--list", "--embeddings", "some")).isZero();
    assertThat(command.out().toString())
        .containsPattern(EncoderId.hex(id(FIRST)) + " +100 +15 ")
        .contains(topics.frames().get(0).camera());
  }

  @Test
  void topicMadeAnew_isRefused_andRebuiltOnDemand() throws Exception {
    topics.kafka().createTopic("one", 1, Map.of("retention.ms", "-1"));
    topics.kafka().createTopic("two", 1, Map.of("retention.ms", "-1"));
    topics.publishEmbeddings("one", topics.frames().subList(0, 3));
    topics.publishEmbeddings("two", topics.frames().subList(3, 5));
    assertThat(command.search("--update", "--embeddings", "one")).isZero();

    assertThat(command.search("--update", "--embeddings", "two")).isEqualTo(1);
    assertThat(command.err().toString()).contains("another topic", "--rebuild");

    assertThat(command.search("--update", "--embeddings", "two", "--rebuild"))
        .as("%s", command.err())
        .isZero();
    assertThat(command.err().toString()).contains("2 embeddings added");
  }

  @Test
  void follow_indexesWhatComes_whileSearchesGoOn() throws Exception {
    topics.kafka().createTopic("live", 2, Map.of("retention.ms", "-1"));
    topics.publishEmbeddings("live", topics.frames().subList(0, 3));
    Path index = directory.resolve("index");
    AtomicBoolean stop = new AtomicBoolean();
    KafkaClients clients = new KafkaClients(topics.kafka().bootstrapServers());
    CompletableFuture<Void> following =
        CompletableFuture.runAsync(
            () -> {
              try (EmbeddingTopic topic = EmbeddingTopic.open(clients, "live");
                  EmbeddingIndexer indexer =
                      EmbeddingIndexer.open(index, topic.id(), new Keep(9, null))) {
                topic.follow(indexer, (added, left) -> {}, stop::get);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    awaitFrames(index, 3, following);
    topics.publishEmbeddings("live", topics.frames().subList(3, 9));
    awaitFrames(index, 9, following);

    assertThat(
            command.search(
                "--embeddings",
                "live",
                "--camera",
                topics.frames().get(0).camera(),
                "--at",
                Times.show(topics.frames().get(0).time())))
        .as("%s", command.err())
        .isZero();
    assertThat(command.err().toString()).contains("being updated by another process");
    stop.set(true);
    following.get();
  }

  private static void awaitFrames(Path index, long count, CompletableFuture<?> following)
      throws Exception {
    CommonTestUtils.waitUntilCondition(() -> holds(index, count, following), 50L, 1200);
  }

  private static boolean holds(Path index, long count, CompletableFuture<?> following)
      throws Exception {
    if (following.isDone()) {
      following.get();
    }
    if (!Files.exists(index.resolve("state.json"))) {
      return false;
    }
    try (EmbeddingIndex read = EmbeddingIndex.open(index)) {
      return read.frames() >= count;
    }
  }
}
