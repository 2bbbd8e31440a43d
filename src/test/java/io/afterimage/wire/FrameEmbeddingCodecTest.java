package io.afterimage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameEmbeddingCodecTest {
  private static final FrameEmbedding EMBEDDING =
      new FrameEmbedding(
          "Tür 2",
          1_767_268_800_123L,
          0xfedcba9876543210L,
          300,
          3,
          5_000_000_000L,
          new float[] {0.6f, -0.8f, Float.MIN_VALUE});
  private static final byte[] KEY = FrameEmbeddingCodec.key(EMBEDDING);

  @Test
  void decode_whatEncodeMade_isTheSame() throws IOException {
    assertSame(FrameEmbeddingCodec.decode(KEY, FrameEmbeddingCodec.encode(EMBEDDING)));
  }

  @Test
  void decode_json_isTheSame() throws IOException {
    assertSame(FrameEmbeddingCodec.decode(KEY, FrameEmbeddingJson.encode(EMBEDDING)));
  }

  private static void assertSame(FrameEmbedding read) {
    assertThat(read).usingRecursiveComparison().isEqualTo(EMBEDDING);
  }

  @Test
  void encode_always_isTheDocumentedLayout() {
    FrameEmbedding embedding = new FrameEmbedding("a", 1, 2, 3, 4, 5, new float[] {1, -0.5f});

    assertThat(HexFormat.of().formatHex(FrameEmbeddingCodec.encode(embedding)))
        .isEqualTo(
            "01"
                + "0100000000000000"
                + "0200000000000000"
                + "0300000000000000"
                + "04000000"
                + "0500000000000000"
                + "02000000"
                + "0000803f"
                + "000000bf");
  }

  @Test
  void encodeJson_always_isTheDocumentedForm() {
    FrameEmbedding embedding = new FrameEmbedding("a", 1, 2, 3, 4, 5, new float[] {1, -0.5f, 0.1f});

    assertThat(new String(FrameEmbeddingJson.encode(embedding), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"camera\":\"a\",\"captureMillis\":1,\"encoderId\":\"0000000000000002\",\"step\":3,"
                + "\"partition\":4,\"offset\":5,\"vector\":[1.0,-0.5,0.1]}");
  }

  @Test
  void decode_jsonThatWasStored_isRead() throws IOException {
    String stored =
        "{\"camera\":\"a\",\"captureMillis\":1,\"encoderId\":\"0000000000000002\",\"step\":3,"
            + "\"partition\":4,\"offset\":5,\"vector\":[1.0,-0.5,0.1,1],\"later\":{}}";

    assertThat(
            FrameEmbeddingCodec.decode(new byte[] {'a'}, stored.getBytes(StandardCharsets.UTF_8)))
        .usingRecursiveComparison()
        .isEqualTo(new FrameEmbedding("a", 1, 2, 3, 4, 5, new float[] {1, -0.5f, 0.1f, 1}));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 40, 41, 45, 52})
  void decode_cutValue_isRefused(int length) {
    byte[] cut = Arrays.copyOf(FrameEmbeddingCodec.encode(EMBEDDING), length);

    assertThatThrownBy(() -> FrameEmbeddingCodec.decode(KEY, cut))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("camera Tür 2")
        .hasMessageContaining(Integer.toString(length < 41 ? length : length - 41));
  }

  @Test
  void decode_longerValue_isRefused() {
    byte[] value = FrameEmbeddingCodec.encode(EMBEDDING);

    assertThatThrownBy(
            () -> FrameEmbeddingCodec.decode(KEY, Arrays.copyOf(value, value.length + 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("declares 3 numbers, but 13 bytes follow");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 2 | has format version 2, but only version 1 is known",
        "0 | 255 | has format version 255, but only version 1 is known",
        "24 | 128 | step must be >= 0",
        "28 | 128 | partition must be >= 0",
        "36 | 128 | offset must be >= 0",
        "40 | 64 | declares 1073741827 numbers, but 12 bytes follow",
        "40 | 128 | declares -2147483645 numbers, but 12 bytes follow",
        "44 | 127 | vector must be finite, but number 0 was",
      })
  void decode_changedByte_isRefusedSayingWhy(int at, int to, String message) {
    byte[] value = FrameEmbeddingCodec.encode(EMBEDDING);
    value[at] = (byte) to;
    if (at == 44) {
      value[43] = (byte) 0x80;
    }

    assertThatThrownBy(() -> FrameEmbeddingCodec.decode(KEY, value))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tür | Tor | has the key Tür 2, but its camera is Tor 2",
        "300 | \"300\" | at step: Cannot coerce String value (\"300\")",
        "\"partition\":3, | | Missing required creator property 'partition'",
        "\"partition\":3 | \"partition\":4294967296 | at partition: Numeric value (4294967296) out of range of int",
        "fedcba98 | fedcba9 | an encoder id must be 16 hexadecimal digits",
        "0.6 | \"0.6\" | at vector: Cannot coerce String value (\"0.6\")",
        "0.6 | 1e99 | vector must be finite, but number 0 was Infinity",
        "} | | an embedding is not JSON",
      })
  void decode_changedJson_isRefusedSayingWhy(String from, String to, String message) {
    String json = new String(FrameEmbeddingJson.encode(EMBEDDING), StandardCharsets.UTF_8);
    assertThat(json).contains(from);
    byte[] changed = json.replace(from, to == null ? "" : to).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> FrameEmbeddingCodec.decode(KEY, changed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void decode_recordWithoutKeyOrValue_isRefused() {
    byte[] value = FrameEmbeddingCodec.encode(EMBEDDING);

    assertThatThrownBy(() -> FrameEmbeddingCodec.decode(null, value))
        .isInstanceOf(IOException.class)
        .hasMessage("an embedding's key must be its camera's id, but there is none");
    assertThatThrownBy(() -> FrameEmbeddingCodec.decode(new byte[] {' '}, value))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("is blank");
    assertThatThrownBy(() -> FrameEmbeddingCodec.decode(new byte[] {(byte) 0xff}, value))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("is not UTF-8 text");
    assertThatThrownBy(() -> FrameEmbeddingCodec.decode(KEY, null))
        .isInstanceOf(IOException.class)
        .hasMessage("an embedding of camera Tür 2 has no value");
  }

  @Test
  void encoderId_always_isHowSha256Begins() {
    // printf abc | sha256sum
    assertThat(EncoderId.hex(EncoderId.of("abc".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("ba7816bf8f01cfea");
    assertThat(EncoderId.parse("ba7816bf8f01cfea")).isEqualTo(0xba7816bf8f01cfeaL);
  }
}
