package io.afterimage.stream.kafka;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.Uuid;

/**
 * A partition of the topic of frames as a checkpoint keeps it: with the id of the topic, which
 * tells it from one that was made anew under the same name.
 */
final class FramesSplit extends KafkaPartitionSplit {
  private final Uuid topicId;

  /**
   * @param split where the partition is read from, and up to where
   * @param topicId {@link Uuid#ZERO_UUID} if the broker knows no ids
   */
  FramesSplit(KafkaPartitionSplit split, Uuid topicId) {
    super(
        split.getTopicPartition(),
        split.getStartingOffset(),
        split.getStoppingOffset().orElse(NO_STOPPING_OFFSET));
    this.topicId = topicId;
  }

  Uuid topicId() {
    return topicId;
  }
}
