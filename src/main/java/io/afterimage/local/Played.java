package io.afterimage.local;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * What cameras have published before this run, if it goes on with an earlier one.
 *
 * @param frames records that were ever written to the topic
 * @param newestMillis capture time of the newest that the topic holds (milliseconds since 1970,
 *     UTC); negative if it holds none
 */
record Played(long frames, long newestMillis) {
  static Played in(EmbeddedKafka kafka, String topic) {
    try (Admin admin = kafka.admin()) {
      Collection<TopicPartition> partitions =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get()
              .get(topic)
              .partitions()
              .stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      return new Played(
          ask(admin, partitions, OffsetSpec::latest).stream()
              .mapToLong(ListOffsetsResultInfo::offset)
              .sum(),
          ask(admin, partitions, OffsetSpec::maxTimestamp).stream()
              .mapToLong(ListOffsetsResultInfo::timestamp)
              .max()
              .orElse(-1));
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "topic %s cannot be asked for its end: %s".formatted(topic, e.getCause().getMessage()),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topic " + topic + " was asked", e);
    }
  }

  private static Collection<ListOffsetsResultInfo> ask(
      Admin admin, Collection<TopicPartition> partitions, Supplier<OffsetSpec> what)
      throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(
            partitions.stream().collect(Collectors.toMap(Function.identity(), p -> what.get())))
        .all()
        .get()
        .values();
  }
}
