package io.afterimage.stream.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * The end offsets of the partitions, queried once.
 *
 * <p>The connector's own initializer stores a marker for "the end" in a checkpoint, which a
 * restored job would resolve to the end at that time; this one stores numbers. If retention has
 * removed the record at an offset, the job continues from the oldest record.
 */
final class LatestOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
    return broker.endOffsets(partitions);
  }

  // The connector requires a type that Kafka's client has deprecated.
  @Override
  @SuppressWarnings("deprecation")
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
