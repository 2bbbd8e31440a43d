package io.afterimage.stream.kafka;

import io.afterimage.stream.option.EncoderOptions;
import io.afterimage.stream.option.KafkaOptions;
import io.afterimage.stream.option.PriorOptions;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * An upper bound for the size of the records that the job writes to a topic.
 *
 * @param option the option that determines most of it
 * @param value its value
 * @param bytes with key, headers and framing
 */
record LargestRecord(String option, String value, long bytes) {
  /** Headers, key and framing of a dead letter, on top of its value. */
  static final int LETTER_OVERHEAD = 64 * 1024;

  private static final int OVERHEAD = 4 * 1024;

  /** Sign, digits, exponent and comma of a number in JSON, the larger of the two forms. */
  private static final int FLOAT_BYTES = 16;

  /** Two histograms of counts. */
  private static final int BIN_BYTES = 2 * 11;

  /** Empty for a topic that the job only reads. */
  static Optional<LargestRecord> of(ConfigOption<String> topic, Configuration options) {
    if (topic.equals(KafkaOptions.TOPIC_REJECTED)) {
      long bytes = options.get(KafkaOptions.REJECTED_MAX_BYTES).getBytes();
      return Optional.of(record(KafkaOptions.REJECTED_MAX_BYTES, options, bytes + LETTER_OVERHEAD));
    }
    if (topic.equals(KafkaOptions.TOPIC_TRAINING)) {
      long bytes = (long) options.get(PriorOptions.BINS) * BIN_BYTES;
      return Optional.of(record(PriorOptions.BINS, options, bytes + OVERHEAD));
    }
    if (topic.equals(KafkaOptions.TOPIC_EMBEDDINGS)) {
      long bytes = (long) options.get(EncoderOptions.EMBEDDING_SIZE) * FLOAT_BYTES;
      return Optional.of(record(EncoderOptions.EMBEDDING_SIZE, options, bytes + OVERHEAD));
    }
    return Optional.empty();
  }

  private static LargestRecord record(ConfigOption<?> option, Configuration options, long bytes) {
    return new LargestRecord(option.key(), String.valueOf(options.get(option)), bytes);
  }
}
