package io.afterimage.stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.stream.option.ChangedTopic;
import io.afterimage.wire.kafka.KafkaClients;
import java.util.List;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions that the topic does not show, without asking a broker. */
class RestoredSplitsTest {
  private static final String FRAMES = "frames";

  private final TopicDescription withoutPartitions =
      new TopicDescription(FRAMES, false, List.of(), null, Uuid.randomUuid());

  private FramesTopic topic;
  private RestoredSplits restored;

  @BeforeEach
  void open() {
    topic = new FramesTopic(FRAMES, new KafkaClients("127.0.0.1:1"));
    restored = new RestoredSplits(topic, ChangedTopic.FAIL, removed -> {});
  }

  @AfterEach
  void close() {
    topic.close();
  }

  @Test
  void resume_aNewPartitionThatTheBrokerAskedDoesNotKnowYet_isRead() {
    FramesSplit found = split(Uuid.ZERO_UUID);
    assertThat(restored.resume(List.of(found), withoutPartitions)).containsExactly(found);
  }

  @Test
  void resume_aPartitionThatWasReadAndIsNoMore_isLeftOut() {
    FramesSplit read = split(withoutPartitions.topicId());
    assertThat(restored.resume(List.of(read), withoutPartitions)).isEmpty();
  }

  private static FramesSplit split(Uuid topicId) {
    return new FramesSplit(new KafkaPartitionSplit(new TopicPartition(FRAMES, 3), 0), topicId);
  }
}
