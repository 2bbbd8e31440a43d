package io.afterimage.stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.frame.RejectionReason;
import io.afterimage.stream.record.Rejection;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class RejectionWriterTest {
  private final RejectionWriter writer = new RejectionWriter("dead", 4);

  @Test
  void serialize_keepsTheRecordAndSaysWhy() {
    ProducerRecord<byte[], byte[]> letter =
        write(new byte[] {'c', '1'}, new byte[] {1, 2, 3, 4}, Long.MAX_VALUE);

    assertThat(letter.topic()).isEqualTo("dead");
    assertThat(letter.key()).containsExactly('c', '1');
    assertThat(letter.value()).containsExactly(1, 2, 3, 4);
    assertThat(letter.timestamp()).isNull();
    assertThat(header(letter, "reason")).isEqualTo("too-large");
    assertThat(header(letter, "detail")).isEqualTo("why");
    assertThat(header(letter, "camera")).isEqualTo("c1");
    assertThat(header(letter, "partition")).isEqualTo("5");
    assertThat(header(letter, "offset")).isEqualTo("6");
    assertThat(header(letter, "timestamp")).isEqualTo("9223372036854775807");
    assertThat(letter.headers().lastHeader("length")).isNull();
  }

  @Test
  void serialize_withoutKeyAndValue_hasNone() {
    ProducerRecord<byte[], byte[]> letter = write(null, null, -1);

    assertThat(letter.key()).isNull();
    assertThat(letter.value()).isNull();
    assertThat(letter.headers().lastHeader("camera")).isNull();
  }

  @Test
  void serialize_aLongValue_isCutAndSaysSo() {
    ProducerRecord<byte[], byte[]> letter = write(new byte[100_000], new byte[5], 0);

    assertThat(letter.value()).hasSize(4);
    assertThat(header(letter, "length")).isEqualTo("5");
    assertThat(letter.key()).hasSize(16 * 1024);
    assertThat(letter.headers().lastHeader("camera")).isNull();
  }

  private ProducerRecord<byte[], byte[]> write(byte[] key, byte[] value, long timestamp) {
    return writer.serialize(
        new Rejection(key, value, 5, 6, timestamp, RejectionReason.TOO_LARGE, "why"), null, null);
  }

  private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
