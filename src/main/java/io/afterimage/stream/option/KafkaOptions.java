package io.afterimage.stream.option;

import io.afterimage.wire.kafka.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/** Options of the Kafka brokers, topics and clients. */
public final class KafkaOptions {
  /** Prefix of the options that set properties of Kafka's clients. */
  public static final String PROPERTY_PREFIX = "kafka.property.";

  static final OptionGroup OPTIONS = new OptionGroup("kafka");

  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      OPTIONS.text(
          "bootstrap-servers",
          "localhost:9092",
          "Kafka brokers to connect to first, as host:port, separated by commas.");

  public static final ConfigOption<String> GROUP_ID =
      OPTIONS.text(
          "group-id",
          "afterimage",
          "Consumer group that the job commits its offsets to, so that its lag can be"
              + " monitored. A job restored from a checkpoint or savepoint reads from the"
              + " offsets stored there instead.");

  public static final ConfigOption<StartPosition> START =
      OPTIONS.enumeration(
          "start",
          StartPosition.class,
          StartPosition.COMMITTED,
          "Where a job without a checkpoint or savepoint starts to read: at the oldest frame"
              + " (earliest), at the next new frame (latest), or at the offsets of the consumer"
              + " group, which for a new group are the oldest (committed). A restored job reads on"
              + " where its state ends, or at the oldest frame if retention removed that place.");

  public static final ConfigOption<ChangedTopic> CHANGED_TOPIC =
      OPTIONS.enumeration(
          "changed-topic",
          ChangedTopic.class,
          ChangedTopic.FAIL,
          "Reaction of a restored job to another frames topic than the one that its state was read"
              + " from, because it was deleted and created again or kafka.topic.frames changed:"
              + " fail, or keep what was learned and read the topic from its start (restart).");

  public static final ConfigOption<Boolean> BOUNDED =
      OPTIONS.flag(
          "bounded",
          false,
          "Ends the job once it has read the frames that the topic held when the job"
              + " started. A bounded job that is restored from a savepoint does not end"
              + " (FLINK-31006).");

  public static final ConfigOption<Duration> PARTITION_DISCOVERY =
      OPTIONS.duration(
          "partition-discovery",
          Duration.ofMinutes(1),
          Rule.positiveDuration(),
          "Interval at which the job looks for new partitions of the frames topic.");

  public static final ConfigOption<String> TOPIC_FRAMES =
      OPTIONS.text("topic.frames", "frames", "Topic that the job reads frames from.");

  public static final ConfigOption<String> TOPIC_REJECTED =
      OPTIONS.text(
          "topic.rejected",
          "frames.rejected",
          "Topic for rejected records; their headers hold the reason.");

  public static final ConfigOption<String> TOPIC_TRAINING =
      OPTIONS.text(
          "topic.training",
          "training",
          "Topic for training reports: one JSON record for each step.");

  public static final ConfigOption<String> TOPIC_EMBEDDINGS =
      OPTIONS.text("topic.embeddings", "embeddings", "Topic for the embeddings of frames.");

  public static final ConfigOption<MemorySize> REJECTED_MAX_BYTES =
      OPTIONS.memory(
          "rejected-max-bytes",
          MemorySize.parse("900 kb"),
          new Rule<>(
              "from 1 kb to 100 mb",
              size -> size.getKibiBytes() >= 1 && size.getMebiBytes() <= 100),
          "Largest value of a record in the rejected topic; longer values are truncated."
              + " It must be below that topic's max.message.bytes, or one large record fails the"
              + " job.");

  static {
    OPTIONS.clash(
        List.of(TOPIC_FRAMES, TOPIC_REJECTED, TOPIC_TRAINING, TOPIC_EMBEDDINGS),
        o ->
            Stream.of(TOPIC_FRAMES, TOPIC_REJECTED, TOPIC_TRAINING, TOPIC_EMBEDDINGS)
                    .map(o::get)
                    .distinct()
                    .count()
                < 4,
        "kafka.topic.frames, .rejected, .training and .embeddings must differ, or"
            + " readers find records of another kind in their topic");
  }

  private KafkaOptions() {}

  /** Kafka clients other than the job's source and sinks, with the same properties. */
  public static KafkaClients clients(Configuration options) {
    return new KafkaClients(options.get(BOOTSTRAP_SERVERS), given(options));
  }

  /** The properties of every Kafka client of the job. */
  public static Properties clientProperties(Configuration options) {
    Properties properties = new Properties();
    properties.putAll(given(options));
    return properties;
  }

  private static Map<String, String> given(Configuration options) {
    Map<String, String> properties = new HashMap<>();
    options
        .toMap()
        .forEach(
            (name, value) -> {
              if (name.startsWith(PROPERTY_PREFIX)) {
                properties.put(name.substring(PROPERTY_PREFIX.length()), value);
              }
            });
    return properties;
  }
}
