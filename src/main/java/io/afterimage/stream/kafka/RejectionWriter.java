package io.afterimage.stream.kafka;

import io.afterimage.stream.record.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rejection to dead letter: the record's own key and value, and in headers (UTF-8 text) {@code
 * reason}, {@code detail}, {@code camera} if the key is one, {@code partition}, {@code offset} and
 * {@code timestamp} of the record; {@code length} if the value was cut.
 *
 * <p>The dead letter's own timestamp is the time of its writing: the record's may be one that no
 * broker accepts.
 */
final class RejectionWriter implements KafkaRecordSerializationSchema<Rejection> {
  private static final long serialVersionUID = 1L;

  /** A key longer than this is no camera id, and is cut. */
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
    header(letter, "reason", rejection.reason().label());
    header(letter, "detail", rejection.detail());
    if (key != null && key.length > 0 && key.length <= FrameDeserializer.MAX_CAMERA_BYTES) {
      letter.headers().add("camera", key);
    }
    header(letter, "partition", Integer.toString(rejection.partition()));
    header(letter, "offset", Long.toString(rejection.offset()));
    header(letter, "timestamp", Long.toString(rejection.timestampMillis()));
    if (cut) {
      header(letter, "length", Integer.toString(value.length));
    }
    return letter;
  }

  private static void header(ProducerRecord<?, ?> letter, String name, String value) {
    letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
