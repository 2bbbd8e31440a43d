package io.afterimage.stream.kafka;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.FrameRejectedException;
import io.afterimage.frame.RejectionReason;
import io.afterimage.stream.record.Received;
import io.afterimage.stream.record.Rejection;
import io.afterimage.stream.record.Types;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Kafka record to frame: key = camera id, value = encoded image, timestamp = capture time.
 *
 * <p>Every record gives exactly one value, and none throws: what breaks a rule becomes a {@link
 * Rejection} here, before event time is taken from it.
 */
final class FrameDeserializer implements KafkaRecordDeserializationSchema<Received> {
  private static final long serialVersionUID = 1L;

  /** A camera id is a state key and a metric label; a longer one is a producer's mistake. */
  static final int MAX_CAMERA_BYTES = 256;

  /** Header with what a frame shows, UTF-8; on any share of the frames. */
  static final String LABEL = "label";

  static final int MAX_LABEL_BYTES = 256;

  private final int maxImageBytes;
  private final Duration maxAge;
  private final Duration maxAhead;

  /**
   * @param maxImageBytes most bytes of an encoded image
   * @param maxAge how far back a capture time may lie
   * @param maxAhead how far ahead a capture time may lie
   */
  FrameDeserializer(int maxImageBytes, Duration maxAge, Duration maxAhead) {
    this.maxImageBytes = maxImageBytes;
    this.maxAge = maxAge;
    this.maxAhead = maxAhead;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<Received> out) {
    out.collect(receive(message, System.currentTimeMillis()));
  }

  /**
   * @param nowMillis this machine's clock (milliseconds since 1970, UTC)
   */
  Received receive(ConsumerRecord<byte[], byte[]> message, long nowMillis) {
    try {
      return Received.frame(
          new EncodedFrame(
              camera(message.key()),
              captureTime(message.timestamp(), nowMillis),
              image(message.value()),
              message.partition(),
              message.offset(),
              label(message.headers().lastHeader(LABEL))));
    } catch (FrameRejectedException e) {
      return Received.rejected(
          new Rejection(
              message.key(),
              message.value(),
              message.partition(),
              message.offset(),
              message.timestamp(),
              e.reason(),
              String.valueOf(e.getMessage())));
    }
  }

  private static String camera(byte @Nullable [] key) throws FrameRejectedException {
    if (key == null) {
      throw new FrameRejectedException(RejectionReason.MISSING_CAMERA, "the record has no key");
    }
    if (key.length > MAX_CAMERA_BYTES) {
      throw new FrameRejectedException(
          RejectionReason.MISSING_CAMERA,
          "the key must be a camera id of at most %d bytes, but has %d"
              .formatted(MAX_CAMERA_BYTES, key.length));
    }
    String camera;
    try {
      camera = text(key);
    } catch (CharacterCodingException e) {
      throw new FrameRejectedException(RejectionReason.MISSING_CAMERA, "the key is no UTF-8 text");
    }
    if (camera.isBlank()) {
      throw new FrameRejectedException(RejectionReason.MISSING_CAMERA, "the key is blank");
    }
    return camera;
  }

  /** A label that cannot be one leaves the frame as good as any that nobody labelled. */
  private static @Nullable String label(@Nullable Header header) {
    if (header == null || header.value() == null || header.value().length > MAX_LABEL_BYTES) {
      return null;
    }
    try {
      String label = text(header.value());
      return label.isBlank() ? null : label;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String text(byte[] utf8) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
  }

  private byte[] image(byte @Nullable [] value) throws FrameRejectedException {
    if (value == null) {
      throw new FrameRejectedException(RejectionReason.EMPTY, "the record has no value");
    }
    if (value.length == 0) {
      throw new FrameRejectedException(RejectionReason.EMPTY, "the record's value is empty");
    }
    if (value.length > maxImageBytes) {
      throw new FrameRejectedException(
          RejectionReason.OVERSIZED,
          "the image must have at most %d bytes, but has %d"
              .formatted(maxImageBytes, value.length));
    }
    return value;
  }

  private long captureTime(long timestampMillis, long nowMillis) throws FrameRejectedException {
    if (timestampMillis < 0) {
      throw new FrameRejectedException(
          RejectionReason.IMPLAUSIBLE_TIME,
          "the record must have a timestamp since 1970, but has " + timestampMillis);
    }
    if (timestampMillis > nowMillis + maxAhead.toMillis()) {
      throw new FrameRejectedException(
          RejectionReason.IMPLAUSIBLE_TIME,
          "the capture time must be at most %s ahead of %s, but is %s"
              .formatted(shown(maxAhead), Instant.ofEpochMilli(nowMillis), shown(timestampMillis)));
    }
    if (timestampMillis < nowMillis - maxAge.toMillis()) {
      throw new FrameRejectedException(
          RejectionReason.IMPLAUSIBLE_TIME,
          "the capture time must be at most %s before %s, but is %s"
              .formatted(shown(maxAge), Instant.ofEpochMilli(nowMillis), shown(timestampMillis)));
    }
    return timestampMillis;
  }

  private static String shown(Duration duration) {
    return TimeUtils.formatWithHighestUnit(duration);
  }

  private static String shown(long timestampMillis) {
    return Instant.ofEpochMilli(timestampMillis).toString();
  }

  @Override
  public TypeInformation<Received> getProducedType() {
    return Types.RECEIVED;
  }
}
