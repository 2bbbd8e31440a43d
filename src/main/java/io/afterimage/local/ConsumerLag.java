package io.afterimage.local;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The lag of a consumer group by its committed offsets. Limits producers, to bound the topic while
 * its reader is busy.
 */
final class ConsumerLag implements Backlog {
  private static final Duration POLL = Duration.ofMillis(20);

  private final Admin admin;
  private final String group;
  private final String topic;
  private final long before;
  private final long mostAhead;
  private long consumed;

  /**
   * @param topic read by the group from its beginning
   * @param before records of the topic that these producers did not publish
   * @param mostAhead most records that producers may be ahead of the group
   */
  ConsumerLag(Admin admin, String group, String topic, long before, long mostAhead) {
    this.admin = admin;
    this.group = group;
    this.topic = topic;
    this.before = before;
    this.mostAhead = mostAhead;
  }

  @Override
  public void awaitRoom(long published) throws InterruptedException {
    while (before + published - consumed >= mostAhead) {
      consumed = Math.max(consumed, committed());
      if (before + published - consumed >= mostAhead) {
        Thread.sleep(POLL.toMillis());
      }
    }
  }

  private long committed() throws InterruptedException {
    try {
      long sum = 0;
      for (var entry :
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet()) {
        TopicPartition partition = entry.getKey();
        OffsetAndMetadata offset = entry.getValue();
        if (partition.topic().equals(topic) && offset != null) {
          sum += offset.offset();
        }
      }
      return sum;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the offsets of group %s could not be read: %s".formatted(group, e.getCause()),
          e.getCause());
    }
  }
}
