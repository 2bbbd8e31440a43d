package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.local.SecuredKafka;
import io.afterimage.stream.kafka.KafkaEnds;
import io.afterimage.stream.kafka.StartCheck;
import io.afterimage.stream.option.InvalidOptionsException;
import io.afterimage.stream.option.OptionsReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job and a broker that asks for TLS and a password. */
@Timeout(120)
class KafkaSecurityITCase {
  private static final int GARBAGE = 3;

  @TempDir static Path directory;

  private static SecuredKafka kafka;
  private static TestTopics topics;
  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    kafka = SecuredKafka.start(directory);
    topics = new TestTopics(kafka.open());
    cluster = new TestCluster();
    List<TestTopics.Message> messages = TestFrames.ofCameras(2, 80);
    for (int i = 0; i < GARBAGE; i++) {
      messages.add(
          new TestTopics.Message(
              messages.get(0).key(), new byte[] {1, 2, 3}, messages.get(0).timestamp()));
    }
    topics.fill("frames", messages);
    topics.create("training");
    topics.create("frames.rejected");
    topics.create("embeddings");
  }

  @AfterAll
  static void stop() {
    cluster.close();
    kafka.close();
  }

  @Test
  void job_overTlsWithPassword_readsAndWritesAndShowsNoSecret() throws Exception {
    Configuration options = options(kafka.clientProperties());
    try (CapturedLog log = new CapturedLog()) {
      JobID job = cluster.submit(pipeline(options), options, null);
      cluster.await(job);

      assertThat(topics.read("training")).isNotEmpty();
      assertThat(topics.read("frames.rejected")).hasSize(GARBAGE);
      assertThat(topics.read("embeddings")).isNotEmpty();
      assertThat(log.lines())
          .as("the log")
          .anyMatch(line -> line.contains("sasl.jaas.config = [hidden]"))
          .noneMatch(line -> line.contains(SecuredKafka.SECRET));
      for (String page :
          List.of(
              "/jobs/" + job,
              "/jobs/" + job + "/config",
              "/jobs/" + job + "/plan",
              "/jobs/" + job + "/checkpoints/config",
              "/jobmanager/config",
              "/jobmanager/environment")) {
        assertThat(cluster.web(page)).as(page).isNotEmpty().doesNotContain(SecuredKafka.SECRET);
      }
      assertThat(cluster.scrape()).isNotEmpty().doesNotContain(SecuredKafka.SECRET);
    }
  }

  @Test
  void job_withWrongPassword_failsAndSaysSoWithoutIt() throws Exception {
    Configuration options = options(kafka.clientProperties(SecuredKafka.SECRET + "-wrong"));
    options.setString("flink.restart-strategy.type", "none");
    JobID job = cluster.submit(pipeline(options), options, null);

    assertThatThrownBy(() -> cluster.await(job))
        .hasRootCauseInstanceOf(SaslAuthenticationException.class)
        .hasStackTraceContaining("Authentication failed")
        .satisfies(
            failure ->
                assertThat(ExceptionUtils.stringifyException(failure))
                    .doesNotContain(SecuredKafka.SECRET));
  }

  @Test
  void startCheck_withTheRightLogin_passes_withAnother_saysSoWithoutIt() throws Exception {
    StartCheck.require(options(kafka.clientProperties()));

    Configuration wrong = options(kafka.clientProperties(SecuredKafka.SECRET + "-wrong"));
    assertThatThrownBy(() -> StartCheck.require(wrong))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContainingAll("kafka.property.*", kafka.bootstrapServers(), "Authentication")
        .satisfies(
            failure ->
                assertThat(ExceptionUtils.stringifyException(failure))
                    .doesNotContain(SecuredKafka.SECRET));
  }

  private static AfterimagePipeline pipeline(Configuration options) {
    return new AfterimagePipeline(
        KafkaEnds.frames(options),
        KafkaEnds.rejections(options),
        KafkaEnds.reports(options),
        KafkaEnds.embeddings(options),
        options);
  }

  private static Configuration options(Map<String, String> clientProperties) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    clientProperties.forEach((name, value) -> options.put("kafka.property." + name, value));
    options.put("kafka.bounded", "true");
    options.put("frame.size", "16");
    options.put("memory.capacity", "16");
    options.put("batch.groups", "4");
    options.put("batch.fresh-groups", "4");
    options.put("encoder.width", "8");
    options.put("encoder.embedding-size", "16");
    options.put("checkpoint.interval", "0 s");
    return OptionsReader.read(null, options);
  }
}
