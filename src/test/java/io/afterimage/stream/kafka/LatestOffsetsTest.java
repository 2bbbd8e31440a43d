package io.afterimage.stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LatestOffsetsTest {
  private static final TopicPartition PARTITION = new TopicPartition("frames", 0);

  private final LatestOffsets offsets = new LatestOffsets();

  @Test
  void getPartitionOffsets_ofAnyPartition_areNumbersThatACheckpointKeeps() {
    assertThat(offsets.getPartitionOffsets(List.of(PARTITION), new Ends(17)))
        .isEqualTo(Map.of(PARTITION, 17L));
  }

  @Test
  @SuppressWarnings("deprecation")
  void getAutoOffsetResetStrategy_isTheOldestFrameHeld() {
    assertThat(offsets.getAutoOffsetResetStrategy()).isEqualTo(OffsetResetStrategy.EARLIEST);
  }

  /** A broker that is asked for ends only. */
  private record Ends(long end) implements PartitionOffsetsRetriever {
    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
      return Map.of(PARTITION, end);
    }

    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times) {
      throw new UnsupportedOperationException();
    }
  }
}
