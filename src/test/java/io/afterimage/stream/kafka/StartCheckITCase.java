package io.afterimage.stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.afterimage.local.EmbeddedKafka;
import io.afterimage.stream.option.InvalidOptionsException;
import io.afterimage.stream.option.OptionsReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class StartCheckITCase {
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
    for (String topic : List.of("frames", "frames.rejected", "training", "embeddings")) {
      kafka.createTopic(topic, 1);
    }
    kafka.createTopic("narrow", 1, Map.of("max.message.bytes", "2000"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void require_defaultsAndAllTopics_passes() throws Exception {
    Configuration options = options(Map.of());

    assertThatCode(() -> StartCheck.require(options)).doesNotThrowAnyException();
  }

  @Test
  void require_transactionsLongerThanTheBrokersAllow_namesOptionAndBothValues() throws Exception {
    assertThat(
            problems(
                Map.of(
                    "sink.delivery-guarantee", "exactly-once",
                    "sink.transaction-timeout", "1 h")))
        .containsExactly(
            "sink.transaction-timeout must be at most the brokers' transaction.max.timeout.ms,"
                + " which is 15 min, but was 1 h");
  }

  @Test
  void require_longTransactionsThatNobodyUses_passes() throws Exception {
    Configuration options = options(Map.of("sink.transaction-timeout", "1 h"));

    assertThatCode(() -> StartCheck.require(options)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.topic.frames",
    "kafka.topic.rejected",
    "kafka.topic.training",
    "kafka.topic.embeddings"
  })
  void require_aMissingTopic_namesOptionAndTopic(String option) throws Exception {
    assertThat(problems(Map.of(option, "none")))
        .containsExactly(option + " must exist, but there is no topic none");
  }

  @Test
  void require_noEmbeddings_needsNoTopicForThem() throws Exception {
    Configuration options =
        options(Map.of("embeddings.enabled", "false", "kafka.topic.embeddings", "none"));

    assertThatCode(() -> StartCheck.require(options)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.topic.rejected, frames.rejected, kafka.rejected-max-bytes, 2 mb, 1048588",
    "kafka.topic.rejected, narrow, kafka.rejected-max-bytes, 1 kb, 2000",
    "kafka.topic.training, narrow, prior.bins, 100, 2000",
    "kafka.topic.embeddings, narrow, encoder.embedding-size, 64, 2000",
    "kafka.topic.embeddings, embeddings, encoder.embedding-size, 4096, "
  })
  void require_recordsTooLargeForTheirTopic_namesOptionTopicAndBothSizes(
      String topicOption, String topic, String option, String value, String most) throws Exception {
    Map<String, String> options = Map.of(topicOption, topic, option, value);

    if (most == null) {
      assertThatCode(() -> StartCheck.require(options(options))).doesNotThrowAnyException();
    } else {
      assertThat(problems(options))
          .singleElement()
          .asString()
          .contains(option + " is " + value, "topic " + topic, "max.message.bytes is " + most);
    }
  }

  @Test
  void require_severalProblems_namesAllAtOnce() throws Exception {
    assertThat(
            problems(
                Map.of(
                    "kafka.topic.frames", "none",
                    "kafka.topic.training", "not a topic",
                    "sink.delivery-guarantee", "exactly-once",
                    "sink.transaction-timeout", "20 min")))
        .hasSize(3)
        .anySatisfy(p -> assertThat(p).contains("kafka.topic.frames", "none"))
        .anySatisfy(p -> assertThat(p).contains("kafka.topic.training", "not a topic"))
        .anySatisfy(p -> assertThat(p).contains("sink.transaction-timeout", "20 min"));
  }

  @Test
  void require_noBrokerThere_saysWhereAndGivesUpInTime() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Configuration options = options(Map.of("kafka.bootstrap-servers", "127.0.0.1:" + port));

    assertThatThrownBy(() -> StartCheck.require(options, Duration.ofMillis(300)))
        .isInstanceOf(NoBrokerException.class)
        .hasMessage(
            "no broker answers at 127.0.0.1:%d (kafka.bootstrap-servers) within 300 ms", port);
  }

  @Test
  void require_anAddressThatIsNone_isAProblemOfTheOptions() throws Exception {
    assertThat(problems(Map.of("kafka.bootstrap-servers", "no-port")))
        .singleElement()
        .asString()
        .contains("kafka.bootstrap-servers", "no-port");
  }

  private static List<String> problems(Map<String, String> more) throws Exception {
    Configuration options = options(more);
    return catchThrowableOfType(InvalidOptionsException.class, () -> StartCheck.require(options))
        .problems();
  }

  private static Configuration options(Map<String, String> more) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.putAll(more);
    return OptionsReader.read(null, options);
  }
}
