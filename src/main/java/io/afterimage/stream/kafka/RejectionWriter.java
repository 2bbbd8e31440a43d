package io.afterimage.stream.kafka;

import io.afterimage.stream.record.Rejection;
import io.afterimage.wire.RejectedRecord;
import java.util.Arrays;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes rejections as dead letters: the record's own key and value, and the headers of {@link
 * RejectedRecord}.
 *
 * <p>The dead letter's own timestamp is the time of its writing: brokers might not accept the
 * record's own timestamp.
 */
final class RejectionWriter implements KafkaRecordSerializationSchema<Rejection> {
  private static final long serialVersionUID = 1L;

  /** A longer key cannot be a camera id, and is truncated. */
  private static final int MAX_KEY_BYTES = 16 * 1024;

  private final String topic;
  private final int maxValueBytes;

  RejectionWriter(String topic, int maxValueBytes) {
    this.topic = topic;
    this.maxValueBytes = maxValueBytes;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Rejection rejection, KafkaSinkContext context, @Nullable Long timestamp) {
    byte @Nullable [] key = rejection.key();
    byte @Nullable [] value = rejection.value();
    boolean cut = value != null && value.length > maxValueBytes;
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            topic,
            key == null ? null : Arrays.copyOf(key, Math.min(key.length, MAX_KEY_BYTES)),
            cut ? Arrays.copyOf(value, maxValueBytes) : value);
    RejectedRecord.headers(
            rejection.reason().label(),
            rejection.detail(),
            key,
            rejection.partition(),
            rejection.offset(),
            rejection.timestampMillis(),
            cut ? value.length : null)
        .forEach((name, text) -> letter.headers().add(name, text));
    return letter;
  }
}
