package io.afterimage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class NpyArrayTest {
  /** The output of numpy.save for numpy.array([[1, -2.5], [3, 0]], numpy.float32). */
  private static final byte[] SAVED_BY_NUMPY =
      join(
          HexFormat.of().parseHex("934e554d505901007600"),
          ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }" + " ".repeat(58) + "\n")
              .getBytes(StandardCharsets.US_ASCII),
          HexFormat.of().parseHex("0000803f" + "000020c0" + "00004040" + "00000000"));

  @Test
  void toBytes_floats_areAsNumpySavesThem() {
    assertThat(NpyArray.floats(new float[] {1, -2.5f, 3, 0}, 2, 2).toBytes())
        .isEqualTo(SAVED_BY_NUMPY);
  }

  @Test
  void parse_savedByNumpy_isRead() throws IOException {
    NpyArray array = NpyArray.parse(SAVED_BY_NUMPY);
    assertThat(array.shape()).containsExactly(2, 2);
    assertThat(array.toFloats()).containsExactly(1, -2.5f, 3, 0);
  }

  @Test
  void parse_whatToBytesMade_isTheSame() throws IOException {
    assertThat(NpyArray.parse(NpyArray.integer(-7).toBytes()).toText()).isEqualTo("-7");
    assertThat(NpyArray.parse(NpyArray.text("Grüße, 𝄞").toBytes()).toText())
        .isEqualTo("Grüße, 𝄞");
    assertThat(NpyArray.parse(NpyArray.text("").toBytes()).toText()).isEmpty();
    NpyArray row = NpyArray.parse(NpyArray.texts(List.of("a", "bcd")).toBytes());
    assertThat(row.descr()).isEqualTo("<U3");
    assertThat(row.shownShape()).isEqualTo("(2,)");
  }

  @Test
  void toBytes_anyShape_startsTheDataAtAMultipleOf64() {
    for (long[] shape :
        new long[][] {{}, {1}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}}) {
      byte[] bytes = NpyArray.floats(new float[] {1}, shape).toBytes();
      assertThat((bytes.length - Float.BYTES) % 64).isZero();
    }
  }

  @Test
  void toFloats_doublePrecision_isRounded() throws IOException {
    byte[] bytes = replace(SAVED_BY_NUMPY, "<f4", "<f8");
    byte[] data = HexFormat.of().parseHex("9a9999999999b93f".repeat(4));
    byte[] doubles = join(Arrays.copyOf(bytes, 128), data, new byte[0]);
    assertThat(NpyArray.parse(doubles).toFloats()).containsOnly(0.1f);
  }

  @Test
  void parse_columnMajor_isRefused() {
    byte[] bytes = replace(SAVED_BY_NUMPY, "False", "True ");
    assertThatThrownBy(() -> NpyArray.parse(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("column-major");
  }

  @Test
  void parse_endingEarly_fails() {
    for (int length = 0; length < SAVED_BY_NUMPY.length; length++) {
      byte[] cut = Arrays.copyOf(SAVED_BY_NUMPY, length);
      assertThatThrownBy(() -> NpyArray.parse(cut).toFloats())
          .as("length %d", length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void toFloats_otherType_isRefused() {
    byte[] bytes = replace(SAVED_BY_NUMPY, "<f4", "<i4");
    assertThatThrownBy(() -> NpyArray.parse(bytes).toFloats())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("<i4");
  }

  private static byte[] replace(byte[] bytes, String from, String to) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .replace(from, to)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] join(byte[] first, byte[] second, byte[] third) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length + third.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    System.arraycopy(third, 0, joined, first.length + second.length, third.length);
    return joined;
  }
}
