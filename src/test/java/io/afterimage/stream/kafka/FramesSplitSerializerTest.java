package io.afterimage.stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class FramesSplitSerializerTest {
  private static final TopicPartition PARTITION = new TopicPartition("frames", 3);

  private final FramesSplitSerializer serializer = new FramesSplitSerializer();

  @Test
  void deserialize_whatWasSerialized_isTheSameSplitOfTheSameTopic() throws IOException {
    Uuid id = Uuid.randomUuid();

    KafkaPartitionSplit read = again(new FramesSplit(new KafkaPartitionSplit(PARTITION, 7, 9), id));

    assertThat(read).isEqualTo(new FramesSplit(new KafkaPartitionSplit(PARTITION, 7, 9), id));
    assertThat(((FramesSplit) read).topicId()).isEqualTo(id);
  }

  @Test
  void deserialize_aSplitThatWasNeverRead_isOfAnyTopic() throws IOException {
    KafkaPartitionSplit read =
        again(new KafkaPartitionSplit(PARTITION, KafkaPartitionSplit.EARLIEST_OFFSET));

    assertThat(((FramesSplit) read).topicId()).isEqualTo(Uuid.ZERO_UUID);
    assertThat(read.getStartingOffset()).isEqualTo(KafkaPartitionSplit.EARLIEST_OFFSET);
    assertThat(read.getStoppingOffset()).isEmpty();
  }

  @Test
  void deserialize_anotherVersion_isRefusedByName() {
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }

  private KafkaPartitionSplit again(KafkaPartitionSplit split) throws IOException {
    return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
  }
}
