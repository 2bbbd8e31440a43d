package io.afterimage.page;

import io.afterimage.page.SourceState.Status;
import io.afterimage.wire.kafka.KafkaClients;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one topic, from a little before its end, on a thread of its own. Missing topics and lost
 * brokers are waited for; new partitions are discovered.
 */
final class TopicFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final KafkaClients clients;
  private final BrokerNews news;
  private final Topic topic;
  private final Consumer<ConsumerRecord<byte[], byte[]>> sink;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final Set<TopicPartition> assigned = new HashSet<>();
  private volatile boolean closing;
  private volatile SourceState state;
  private long records;
  private long skipped;

  /**
   * A topic and the limits of reading it.
   *
   * @param role the kind of its records, such as {@code frames}
   * @param name its name
   * @param history records of each partition to read from before the start
   * @param mostBehind most records of a partition that may be left to read; older ones are skipped
   */
  record Topic(String role, String name, long history, long mostBehind) {}

  /**
   * @param news receives whether a broker answers
   * @param sink receives each record, on the follower's own thread; a record for which it throws is
   *     skipped
   */
  TopicFollower(
      KafkaClients clients,
      BrokerNews news,
      Topic topic,
      Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    this.clients = clients;
    this.news = news;
    this.topic = topic;
    this.sink = sink;
    this.consumer = clients.consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
    this.state = new SourceState(topic.role(), topic.name(), Status.CONNECTING, 0, 0, null);
    this.thread = new Thread(this::run, "page-" + topic.name());
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  SourceState state() {
    return state;
  }

  /** Stops following and waits for it. */
  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long lookedNanos = 0;
    while (!closing) {
      try {
        if (assigned.isEmpty() || System.nanoTime() - lookedNanos > LOOK_AGAIN.toNanos()) {
          look();
          news.answered();
          lookedNanos = System.nanoTime();
        }
        if (assigned.isEmpty()) {
          Thread.sleep(RETRY.toMillis());
        } else {
          take(consumer.poll(POLL));
        }
      } catch (WakeupException | InterruptException | InterruptedException e) {
        // Thrown because of close(); the loop's condition ends the loop.
      } catch (KafkaException e) {
        LOG.debug("The topic {} cannot be read now", topic.name(), e);
        boolean silent = e instanceof TimeoutException;
        if (silent) {
          news.silent();
        }
        show(
            Status.UNREACHABLE,
            silent ? "no broker answers at " + clients.bootstrapServers() : e.getMessage());
      }
    }
    // An interrupted thread would not wait for the connections to be closed.
    Thread.interrupted();
    try {
      consumer.close(CloseOptions.timeout(RETRY));
    } catch (InterruptException e) {
      LOG.debug("The consumer of the topic {} was not closed cleanly", topic.name(), e);
    }
  }

  private void look() {
    Set<TopicPartition> added = new HashSet<>();
    for (PartitionInfo info : consumer.partitionsFor(topic.name(), ANSWER)) {
      added.add(new TopicPartition(topic.name(), info.partition()));
    }
    added.removeAll(assigned);
    if (!added.isEmpty()) {
      // All records of a new partition arrived after the start.
      long history = assigned.isEmpty() ? topic.history() : Long.MAX_VALUE;
      assigned.addAll(added);
      consumer.assign(assigned);
      start(added, history);
    }
    if (assigned.isEmpty()) {
      show(Status.MISSING, "there is no topic " + topic.name());
    } else {
      passOverWhatWaitsTooLong();
      show(Status.READING, null);
    }
  }

  private void start(Set<TopicPartition> partitions, long history) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, ANSWER);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
    for (TopicPartition partition : partitions) {
      consumer.seek(partition, Math.max(begins.get(partition), ends.get(partition) - history));
    }
  }

  private void passOverWhatWaitsTooLong() {
    long most = Math.max(topic.history(), topic.mostBehind());
    consumer
        .endOffsets(assigned, ANSWER)
        .forEach(
            (partition, end) -> {
              long behind = end - consumer.position(partition, ANSWER);
              if (behind > most) {
                consumer.seek(partition, end - most);
                skipped += behind - most;
              }
            });
  }

  private void take(ConsumerRecords<byte[], byte[]> batch) {
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      try {
        sink.accept(record);
      } catch (RuntimeException e) {
        LOG.warn("Record {} of the topic {} was skipped", record.offset(), topic.name(), e);
      }
      records++;
    }
    if (!batch.isEmpty()) {
      show(Status.READING, null);
    }
  }

  private void show(Status status, @Nullable String problem) {
    state = new SourceState(topic.role(), topic.name(), status, records, skipped, problem);
  }
}
