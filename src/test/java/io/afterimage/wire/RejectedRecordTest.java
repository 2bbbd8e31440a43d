package io.afterimage.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RejectedRecordTest {
  @Test
  void read_givesWhatWasWritten() {
    Map<String, byte[]> headers =
        RejectedRecord.headers("too-large", "why", utf8("Tür 2"), 5, 6, Long.MAX_VALUE, 7);
    assertThat(RejectedRecord.read(headers::get))
        .isEqualTo(
            new RejectedRecord("too-large", "why", "Tür 2", "5", "6", "9223372036854775807", "7"));
  }

  /** Names and order as every release wrote them. */
  @Test
  void headers_haveTheirDocumentedNames() {
    assertThat(RejectedRecord.headers("empty", "why", utf8("c"), 0, 0, 0, 1))
        .containsOnlyKeys(
            "reason", "detail", "camera", "partition", "offset", "timestamp", "length");
    assertThat(RejectedRecord.headers("empty", "why", null, 0, 0, 0, null))
        .containsOnlyKeys("reason", "detail", "partition", "offset", "timestamp");
    assertThat(RejectedRecord.headers("empty", "why", new byte[257], 0, 0, 0, null))
        .doesNotContainKey("camera");
  }

  @Test
  void read_recordOfAnotherProgram_hasWhatIsThere() {
    assertThat(RejectedRecord.read(name -> name.equals("detail") ? utf8("x") : null))
        .isEqualTo(new RejectedRecord(null, "x", null, null, null, null, null));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
