package io.afterimage.stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.frame.RejectionReason;
import io.afterimage.stream.record.Received;
import io.afterimage.stream.record.Rejection;
import io.afterimage.wire.FrameRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameDeserializerTest {
  private static final long NOW = Instant.parse("2026-01-10T00:00:00Z").toEpochMilli();
  private static final byte[] IMAGE = {1, 2, 3};

  private final FrameDeserializer deserializer =
      new FrameDeserializer(100, Duration.ofDays(7), Duration.ofHours(1));

  @Test
  void receive_aGoodRecord_isAFrame() {
    Received received = receive(utf8("café"), IMAGE, NOW - 5);

    assertThat(received.frame().camera()).isEqualTo("café");
    assertThat(received.frame().captureTimeMillis()).isEqualTo(NOW - 5);
    assertThat(received.frame().image()).isEqualTo(IMAGE);
    assertThat(received.frame().partition()).isEqualTo(3);
    assertThat(received.frame().offset()).isEqualTo(42);
  }

  @Test
  void receive_withALabel_isALabelledFrame() {
    assertThat(labelled(utf8("Löwe")).frame().label()).isEqualTo("Löwe");
    assertThat(receive(utf8("a"), IMAGE, NOW).frame().label()).isNull();
  }

  @Test
  void receive_withAnImpossibleLabel_isAnUnlabelledFrame() {
    assertThat(labelled(utf8(" ")).frame().label()).isNull();
    assertThat(labelled(new byte[257]).frame().label()).isNull();
    assertThat(labelled(new byte[] {(byte) 0xff}).frame().label()).isNull();
    assertThat(labelled(null).frame().label()).isNull();
  }

  private Received labelled(byte @Nullable [] label) {
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("frames", 3, 42, utf8("a"), IMAGE);
    ConsumerRecord<byte[], byte[]> timed =
        new ConsumerRecord<>(
            record.topic(),
            record.partition(),
            record.offset(),
            NOW,
            TimestampType.CREATE_TIME,
            record.serializedKeySize(),
            record.serializedValueSize(),
            record.key(),
            record.value(),
            new RecordHeaders().add(FrameRecord.LABEL, label),
            Optional.empty());
    return deserializer.receive(timed, NOW);
  }

  @Test
  void receive_withoutCamera_isRejected() {
    assertRejected(receive(null, IMAGE, NOW), RejectionReason.MISSING_CAMERA, "has no key");
    assertRejected(receive(utf8(" "), IMAGE, NOW), RejectionReason.MISSING_CAMERA, "is blank");
    assertRejected(
        receive(new byte[] {(byte) 0xff}, IMAGE, NOW), RejectionReason.MISSING_CAMERA, "not UTF-8");
    assertRejected(
        receive(new byte[257], IMAGE, NOW),
        RejectionReason.MISSING_CAMERA,
        "at most 256 bytes, but has 257");
  }

  @Test
  void receive_withoutOrWithTooLongAnImage_isRejected() {
    assertRejected(receive(utf8("a"), null, NOW), RejectionReason.EMPTY, "has no value");
    assertRejected(receive(utf8("a"), new byte[0], NOW), RejectionReason.EMPTY, "value is empty");
    assertRejected(
        receive(utf8("a"), new byte[101], NOW),
        RejectionReason.OVERSIZED,
        "at most 100 bytes, but has 101");
  }

  @Test
  void receive_atTheEndsOfThePlausibleTime_isAFrame() {
    assertThat(receive(utf8("a"), IMAGE, NOW - Duration.ofDays(7).toMillis()).frame()).isNotNull();
    assertThat(receive(utf8("a"), IMAGE, NOW + Duration.ofHours(1).toMillis()).frame()).isNotNull();
  }

  @Test
  void receive_atAnImplausibleTime_isRejected() {
    assertRejected(
        receive(utf8("a"), IMAGE, NOW - Duration.ofDays(7).toMillis() - 1),
        RejectionReason.IMPLAUSIBLE_TIME,
        "at most 7 d before 2026-01-10T00:00:00Z, but is 2026-01-02T23:59:59.999Z");
    assertRejected(
        receive(utf8("a"), IMAGE, NOW + Duration.ofHours(1).toMillis() + 1),
        RejectionReason.IMPLAUSIBLE_TIME,
        "at most 1 h ahead of");
    for (long wild : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertRejected(
          receive(utf8("a"), IMAGE, wild), RejectionReason.IMPLAUSIBLE_TIME, "" + wild(wild));
    }
  }

  @Test
  void receive_aRejectedRecord_keepsItAsItWas() {
    Rejection rejection = receive(null, IMAGE, Long.MAX_VALUE).rejection();

    assertThat(rejection.key()).isNull();
    assertThat(rejection.value()).isSameAs(IMAGE);
    assertThat(rejection.partition()).isEqualTo(3);
    assertThat(rejection.offset()).isEqualTo(42);
    assertThat(rejection.timestampMillis()).isEqualTo(Long.MAX_VALUE);
  }

  private static String wild(long timestamp) {
    return timestamp < 0 ? Long.toString(timestamp) : Instant.ofEpochMilli(timestamp).toString();
  }

  private static void assertRejected(Received received, RejectionReason reason, String detail) {
    assertThat(received.rejection()).isNotNull();
    assertThat(received.rejection().reason()).isEqualTo(reason);
    assertThat(received.rejection().detail()).contains(detail);
  }

  private Received receive(byte[] key, byte[] value, long timestamp) {
    return deserializer.receive(
        new ConsumerRecord<>(
            "frames",
            3,
            42,
            timestamp,
            TimestampType.CREATE_TIME,
            key == null ? 0 : key.length,
            value == null ? 0 : value.length,
            key,
            value,
            new RecordHeaders(),
            Optional.empty()),
        NOW);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
