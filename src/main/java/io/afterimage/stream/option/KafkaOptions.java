package io.afterimage.stream.option;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/** Where the job reads frames, and which topics it writes. */
public final class KafkaOptions {
  /** What leads an option that is handed to Kafka's clients as it is. */
  public static final String PROPERTY_PREFIX = "kafka.property.";

  static final OptionGroup OPTIONS = new OptionGroup("kafka");

  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      OPTIONS.text(
          "bootstrap-servers",
          "localhost:9092",
          "Brokers to connect to first: host:port, separated by commas.");

  public static final ConfigOption<String> GROUP_ID =
      OPTIONS.text(
          "group-id",
          "afterimage",
          "Consumer group whose offsets show how far the job has read. A restored job follows its"
              + " checkpoint, not these offsets.");

  public static final ConfigOption<StartPosition> START =
      OPTIONS.enumeration(
          "start",
          StartPosition.class,
          StartPosition.COMMITTED,
          "Where a job without a checkpoint starts to read: the oldest frame, the next one, or"
              + " where the group left off (the oldest if it is new). A restored job reads on from"
              + " where its state ends, or from the oldest frame held if retention removed that"
              + " one.");

  public static final ConfigOption<ChangedTopic> CHANGED_TOPIC =
      OPTIONS.enumeration(
          "changed-topic",
          ChangedTopic.class,
          ChangedTopic.FAIL,
          "What a restored job does if the topic of frames is not the one that its state was read"
              + " from, since it was deleted and made anew or kafka.topic.frames names another one:"
              + " fail, or restart to read it from its beginning with all that was learned.");

  public static final ConfigOption<Boolean> BOUNDED =
      OPTIONS.flag(
          "bounded",
          false,
          "Whether the job ends by itself once it has read what the topic held when it started. One"
              + " that is restored from a savepoint does not end (FLINK-31006).");

  public static final ConfigOption<Duration> PARTITION_DISCOVERY =
      OPTIONS.duration(
          "partition-discovery",
          Duration.ofMinutes(1),
          Rule.positiveDuration(),
          "How often the job looks for new partitions.");

  public static final ConfigOption<String> TOPIC_FRAMES =
      OPTIONS.text("topic.frames", "frames", "Topic that cameras publish to.");

  public static final ConfigOption<String> TOPIC_REJECTED =
      OPTIONS.text(
          "topic.rejected",
          "frames.rejected",
          "Topic of the records that are no usable frame, with the reason in their headers.");

  public static final ConfigOption<String> TOPIC_TRAINING =
      OPTIONS.text("topic.training", "training", "Topic of one report (JSON) a training step.");

  public static final ConfigOption<String> TOPIC_EMBEDDINGS =
      OPTIONS.text("topic.embeddings", "embeddings", "Topic of the frames' embeddings.");

  public static final ConfigOption<MemorySize> REJECTED_MAX_BYTES =
      OPTIONS.memory(
          "rejected-max-bytes",
          MemorySize.parse("900 kb"),
          new Rule<>(
              "from 1 kb to 100 mb",
              size -> size.getKibiBytes() >= 1 && size.getMebiBytes() <= 100),
          "Most bytes of a rejected record that are kept; a longer value is cut there. Must stay"
              + " below the topic's max.message.bytes, or one large record stops the job.");

  static {
    OPTIONS.clash(
        List.of(TOPIC_FRAMES, TOPIC_REJECTED, TOPIC_TRAINING, TOPIC_EMBEDDINGS),
        o ->
            Stream.of(TOPIC_FRAMES, TOPIC_REJECTED, TOPIC_TRAINING, TOPIC_EMBEDDINGS)
                    .map(o::get)
                    .distinct()
                    .count()
                < 4,
        "kafka.topic.frames, .rejected, .training and .embeddings must differ, or a topic"
            + " holds what its readers do not know");
  }

  private KafkaOptions() {}

  /** All that a Kafka client needs which reads and writes nothing. */
  public static Properties connection(Configuration options) {
    Properties properties = clientProperties(options);
    properties.setProperty("bootstrap.servers", options.get(BOOTSTRAP_SERVERS));
    return properties;
  }

  /** The properties of every Kafka client of the job. */
  public static Properties clientProperties(Configuration options) {
    Properties properties = new Properties();
    options
        .toMap()
        .forEach(
            (name, value) -> {
              if (name.startsWith(PROPERTY_PREFIX)) {
                properties.setProperty(name.substring(PROPERTY_PREFIX.length()), value);
              }
            });
    return properties;
  }
}
