package io.afterimage.stream.kafka;

import io.afterimage.wire.kafka.KafkaClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The current state of the topic of frames on the brokers. */
final class FramesTopic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String name;
  private final Admin admin;

  FramesTopic(String name, KafkaClients clients) {
    this.name = name;
    admin = clients.admin(Map.of());
  }

  String name() {
    return name;
  }

  /** Requests the description without waiting. */
  KafkaFuture<TopicDescription> describe() {
    return admin.describeTopics(List.of(name)).topicNameValues().get(name);
  }

  /**
   * Requests the description and waits for it.
   *
   * @throws UncheckedIOException if there is no such topic, or no broker answers in time
   */
  TopicDescription description() {
    return await(describe());
  }

  /** The offsets of the oldest records, by partition. */
  Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.earliest());
  }

  /** The offsets of the next records to be written, by partition. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.latest());
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> asked =
        partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
    Map<TopicPartition, ListOffsetsResultInfo> found = await(admin.listOffsets(asked).all());
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(String.valueOf(e.getCause().getMessage()), e.getCause());
    } catch (TimeoutException e) {
      throw failure("no broker answered within %d s".formatted(PATIENCE.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted", e);
    }
  }

  private UncheckedIOException failure(String why, Throwable cause) {
    return new UncheckedIOException(
        new IOException("topic %s cannot be described: %s".formatted(name, why), cause));
  }

  /** Abandons requests without an answer. */
  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
