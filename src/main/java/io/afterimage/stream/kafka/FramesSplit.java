package io.afterimage.stream.kafka;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.Uuid;

/**
 * A partition of the topic of frames in a checkpoint, with the id of the topic, which distinguishes
 * it from a recreated topic of the same name.
 */
final class FramesSplit extends KafkaPartitionSplit {
  private final Uuid topicId;

  /**
   * @param split the partition with its start and end offsets
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
