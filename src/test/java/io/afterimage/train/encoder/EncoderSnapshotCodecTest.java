package io.afterimage.train.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncoderSnapshotCodecTest {
  @Test
  void decode_whatEncodeMade_isTheSame() throws IOException {
    EncoderSnapshot snapshot = snapshot();
    EncoderSnapshot decoded = EncoderSnapshotCodec.decode(EncoderSnapshotCodec.encode(snapshot));
    assertThat(decoded.step()).isEqualTo(snapshot.step());
    assertThat(decoded.settings()).isEqualTo(snapshot.settings());
    assertThat(decoded.parameters().keySet()).containsExactly("b", "a");
    assertThat(decoded.parameters().get("b")).containsExactly(1, -2.5f, Float.MIN_VALUE);
    assertThat(decoded.parameters().get("a")).isEmpty();
  }

  @Test
  void decode_anyByteChanged_fails() {
    byte[] bytes = EncoderSnapshotCodec.encode(snapshot());
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      assertThatThrownBy(() -> EncoderSnapshotCodec.decode(damaged))
          .as("byte %d", i)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void decode_endingEarly_fails() {
    byte[] bytes = EncoderSnapshotCodec.encode(snapshot());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> EncoderSnapshotCodec.decode(cut))
          .as("length %d", length)
          .isInstanceOf(IOException.class);
    }
  }

  private static EncoderSnapshot snapshot() {
    Map<String, float[]> parameters = new LinkedHashMap<>();
    parameters.put("b", new float[] {1, -2.5f, Float.MIN_VALUE});
    parameters.put("a", new float[0]);
    return new EncoderSnapshot(
        12, new EncoderSettings(ResNetS.NAME, 8, 1, 16, Normalization.WEIGHT, 8), parameters);
  }
}
