package io.afterimage.stream.kafka;

import io.afterimage.wire.EmbeddingFormat;
import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes embeddings as records of the topic of embeddings: key = camera id, timestamp = capture
 * time, value in one of the documented forms. The camera determines the partition, which keeps its
 * embeddings in order.
 */
final class EmbeddingWriter implements KafkaRecordSerializationSchema<FrameEmbedding> {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final EmbeddingFormat format;

  EmbeddingWriter(String topic, EmbeddingFormat format) {
    this.topic = topic;
    this.format = format;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      FrameEmbedding embedding, KafkaSinkContext context, @Nullable Long timestamp) {
    return new ProducerRecord<>(
        topic,
        null,
        embedding.captureMillis(),
        FrameEmbeddingCodec.key(embedding),
        format.encode(embedding));
  }
}
