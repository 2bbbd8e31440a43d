package io.afterimage.stream.kafka;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.FrameRejectedException;
import io.afterimage.frame.RejectionReason;
import io.afterimage.stream.record.Received;
import io.afterimage.stream.record.Rejection;
import io.afterimage.stream.record.Types;
import io.afterimage.wire.FrameRecord;
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
 * Reads Kafka records in the form of {@link FrameRecord} as frames.
 *
 * <p>Every record gives exactly one value, and none throws: a record that breaks a rule becomes a
 * {@link Rejection} here, before it can affect event time.
 */
final class FrameDeserializer implements KafkaRecordDeserializationSchema<Received> {
  private static final long serialVersionUID = 1L;

  private final int maxImageBytes;
  private final Duration maxAge;
  private final Duration maxAhead;

  /**
   * @param maxImageBytes most bytes of an encoded image
   * @param maxAge greatest age of a capture time
   * @param maxAhead how far ahead of the clock a capture time may be
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
              FrameRecord.camera(message.key()),
              captureTime(message.timestamp(), nowMillis),
              image(message.value()),
              message.partition(),
              message.offset(),
              label(message)));
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

  private static @Nullable String label(ConsumerRecord<?, ?> message) {
    Header header = message.headers().lastHeader(FrameRecord.LABEL);
    return FrameRecord.label(header == null ? null : header.value());
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
