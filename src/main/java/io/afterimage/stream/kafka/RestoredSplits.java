package io.afterimage.stream.kafka;

import io.afterimage.stream.option.ChangedTopic;
import io.afterimage.stream.option.KafkaOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines where a restored job continues in the partitions of its state, and reports records
 * that no longer exist.
 */
final class RestoredSplits {
  private static final Logger LOG = LoggerFactory.getLogger(RestoredSplits.class);

  private final FramesTopic topic;
  private final ChangedTopic whenChanged;
  private final LongConsumer removedUnread;

  /**
   * @param removedUnread receives the number of a partition's records that retention removed unread
   */
  RestoredSplits(FramesTopic topic, ChangedTopic whenChanged, LongConsumer removedUnread) {
    this.topic = topic;
    this.whenChanged = whenChanged;
    this.removedUnread = removedUnread;
  }

  /**
   * @param splits as they were stored; those without the id of a topic were never read
   * @param now the current topic
   * @return the splits to read, without read partitions that no longer exist
   * @throws SuppressRestartsException if the topic is not the stored one and the options do not
   *     allow that
   */
  List<KafkaPartitionSplit> resume(List<KafkaPartitionSplit> splits, TopicDescription now) {
    Set<TopicPartition> there =
        now.partitions().stream()
            .map(partition -> new TopicPartition(now.name(), partition.partition()))
            .collect(Collectors.toCollection(HashSet::new));
    there.retainAll(splits.stream().map(KafkaPartitionSplit::getTopicPartition).toList());
    Map<TopicPartition, Long> begins = topic.begins(there);
    Map<TopicPartition, Long> ends = topic.ends(there);
    List<KafkaPartitionSplit> resumed = new ArrayList<>();
    for (KafkaPartitionSplit split : splits) {
      TopicPartition partition = split.getTopicPartition();
      boolean same = isSame(split, now);
      if (!same && whenChanged == ChangedTopic.FAIL) {
        // A restart would find the same topic.
        throw new SuppressRestartsException(new IllegalStateException(refusal(split, now)));
      }
      if (!there.contains(partition) && topicId(split).equals(Uuid.ZERO_UUID)) {
        // Found by another client; this one's broker may not know of a new partition yet.
        resumed.add(split);
      } else if (!there.contains(partition)) {
        LOG.warn(
            "Partition {} of the stored state is no longer read: topic {} has no such partition",
            partition,
            now.name());
      } else if (same) {
        sayWhatIsGone(split, begins.get(partition), ends.get(partition));
        resumed.add(split);
      } else {
        LOG.warn(
            "Topic {} has the id {}, but the stored state was read from one with the id {}:"
                + " partition {} is read from its beginning",
            now.name(),
            now.topicId(),
            topicId(split),
            partition.partition());
        resumed.add(fromBeginning(split, begins.get(partition), ends.get(partition)));
      }
    }
    return resumed;
  }

  private static boolean isSame(KafkaPartitionSplit split, TopicDescription now) {
    Uuid stored = topicId(split);
    boolean comparable = !stored.equals(Uuid.ZERO_UUID) && !now.topicId().equals(Uuid.ZERO_UUID);
    return split.getTopic().equals(now.name()) && (!comparable || stored.equals(now.topicId()));
  }

  private static Uuid topicId(KafkaPartitionSplit split) {
    return split instanceof FramesSplit known ? known.topicId() : Uuid.ZERO_UUID;
  }

  private static String refusal(KafkaPartitionSplit split, TopicDescription now) {
    String remedy =
        "set %s to restart to read topic %s from its beginning, or start without the stored state"
            .formatted(KafkaOptions.CHANGED_TOPIC.key(), now.name());
    if (split.getTopic().equals(now.name())) {
      return "topic %s has the id %s, but the stored state was read from one with the id %s: %s"
          .formatted(now.name(), now.topicId(), topicId(split), remedy);
    }
    return "kafka.topic.frames is %s, but the stored state was read from topic %s: set it back, %s"
        .formatted(now.name(), split.getTopic(), remedy);
  }

  private void sayWhatIsGone(KafkaPartitionSplit split, long begin, long end) {
    long next = split.getStartingOffset();
    if (next < 0) {
      return; // A marker for a place that the client finds.
    }
    if (next < begin) {
      LOG.warn(
          "Partition {} begins at offset {}, but the stored state continues at {}:"
              + " retention removed {} records that were never read; reading continues from the"
              + " oldest record",
          split.getTopicPartition(),
          begin,
          next,
          begin - next);
      removedUnread.accept(begin - next);
    } else if (next > end) {
      LOG.warn(
          "Partition {} ends at offset {}, but the stored state continues at {}: it is"
              + " read again from its beginning",
          split.getTopicPartition(),
          end,
          next);
    }
  }

  /** The start of a partition of a recreated topic; a bounded read ends at the new topic's end. */
  private static KafkaPartitionSplit fromBeginning(
      KafkaPartitionSplit split, long begin, long end) {
    return split.getStoppingOffset().isPresent()
        ? new KafkaPartitionSplit(split.getTopicPartition(), begin, end)
        : new KafkaPartitionSplit(split.getTopicPartition(), begin);
  }
}
