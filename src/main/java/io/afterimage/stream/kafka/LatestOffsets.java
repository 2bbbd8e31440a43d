package io.afterimage.stream.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * The ends of the partitions as numbers, asked for once.
 *
 * <p>Unlike the connector's own initializer it leaves no marker that means "the end" in a
 * checkpoint, which a restored job would read as the end of that day. If retention removes what an
 * offset points at, the job reads on from the oldest record.
 */
final class LatestOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
    return broker.endOffsets(partitions);
  }

  // The connector takes no other type than the one that Kafka's client has deprecated.
  @Override
  @SuppressWarnings("deprecation")
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
