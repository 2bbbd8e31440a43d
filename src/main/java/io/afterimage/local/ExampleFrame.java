package io.afterimage.local;

import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import io.afterimage.wire.FrameRef;
import io.afterimage.wire.kafka.FrameFetcher;
import io.afterimage.wire.kafka.KafkaClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A frame that the run has embedded, for the example searches.
 *
 * @param camera its camera
 * @param captureMillis its capture time (milliseconds since 1970, UTC)
 */
record ExampleFrame(String camera, long captureMillis) {
  private static final Duration WAIT = Duration.ofSeconds(5);

  /**
   * Writes the picture of the last embedded frame, once a trained encoder is in use.
   *
   * @param embeddings topic with one partition
   * @return the frame; empty if the topics hold none
   */
  static Optional<ExampleFrame> write(
      KafkaClients clients, String frames, String embeddings, Path file) throws IOException {
    Optional<FrameRef> frame = newest(clients, embeddings);
    if (frame.isEmpty()) {
      return Optional.empty();
    }
    try (FrameFetcher fetcher = new FrameFetcher(clients, frames, WAIT)) {
      byte[] picture = fetcher.fetch(List.of(frame.get())).get(frame.get());
      if (picture == null) {
        return Optional.empty();
      }
      Files.write(file, picture);
    }
    return Optional.of(new ExampleFrame(frame.get().camera(), frame.get().captureMillis()));
  }

  private static Optional<FrameRef> newest(KafkaClients clients, String topic) throws IOException {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        clients.consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"))) {
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      if (end == 0) {
        return Optional.empty();
      }
      consumer.assign(List.of(partition));
      consumer.seek(partition, end - 1);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
        FrameEmbedding embedding = FrameEmbeddingCodec.decode(record.key(), record.value());
        return embedding.step() > 0 ? Optional.of(embedding.frame()) : Optional.empty();
      }
      return Optional.empty();
    }
  }
}
