package io.afterimage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.frame.FrameRejectedException;
import io.afterimage.frame.RejectionReason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameRecordTest {
  @Test
  void camera_ofAKey_isItsText() throws Exception {
    assertThat(FrameRecord.camera(FrameRecord.key("Tür 2"))).isEqualTo("Tür 2");
    assertThat(FrameRecord.camera("x".repeat(256).getBytes(StandardCharsets.US_ASCII)))
        .hasSize(256);
  }

  @Test
  void camera_keyThatIsNone_isRejectedSayingWhy() {
    assertRejected(null, "the record has no key");
    assertRejected(new byte[] {' '}, "the key is blank");
    assertRejected(new byte[] {(byte) 0xc3}, "the key is not UTF-8 text");
    assertRejected(new byte[257], "the key must be a camera id of at most 256 bytes, but has 257");
  }

  private static void assertRejected(byte[] key, String why) {
    assertThatThrownBy(() -> FrameRecord.camera(key))
        .isInstanceOf(FrameRejectedException.class)
        .hasMessage(why)
        .extracting("reason")
        .isEqualTo(RejectionReason.MISSING_CAMERA);
  }

  @Test
  void label_thatCannotBeOne_isNone() {
    assertThat(FrameRecord.label("bus".getBytes(StandardCharsets.US_ASCII))).isEqualTo("bus");
    assertThat(FrameRecord.label(null)).isNull();
    assertThat(FrameRecord.label(new byte[] {' '})).isNull();
    assertThat(FrameRecord.label(new byte[] {(byte) 0xff})).isNull();
    assertThat(FrameRecord.label("x".repeat(257).getBytes(StandardCharsets.US_ASCII))).isNull();
  }
}
