package io.afterimage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.encoder.Normalization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncoderNpzTest {
  @ParameterizedTest
  @EnumSource
  void read_whatWriteMade_isTheSame(Normalization normalization) throws IOException {
    EncoderSnapshot snapshot = Encoders.snapshot(Encoders.small(normalization), 12, 1);
    EncoderSnapshot read = EncoderNpz.read(bytes(snapshot));
    assertThat(EncoderSnapshotCodec.encode(read)).isEqualTo(EncoderSnapshotCodec.encode(snapshot));
  }

  @Test
  void write_namesAndShapes_arePlain() throws IOException {
    Map<String, NpyArray> arrays = NpzArchive.read(bytes(snapshot()));
    assertThat(arrays.get("stage2.block1.shortcut.kernel").shownShape()).isEqualTo("(1, 1, 8, 16)");
    assertThat(arrays.get("stem.gain").shownShape()).isEqualTo("(8,)");
    assertThat(arrays.get("encoder.width").toText()).isEqualTo("8");
    assertThat(arrays.get("encoder.normalization").toText()).isEqualTo("group");
    assertThat(arrays.get("step").toText()).isEqualTo("12");
  }

  @Test
  void write_again_givesTheSameBytes() throws IOException {
    assertThat(bytes(snapshot())).isEqualTo(bytes(snapshot()));
  }

  @Test
  void read_parameterMissing_isNamed() {
    assertRefused(arrays -> arrays.remove("stem.gain"), "no array stem.gain");
  }

  @Test
  void read_parameterUnknown_isNamed() {
    assertRefused(arrays -> arrays.put("head", NpyArray.integer(1)), "does not know: head");
  }

  @Test
  void read_parameterOfAnotherShape_isNamedWithBoth() {
    assertRefused(
        arrays -> arrays.put("stem.gain", NpyArray.floats(new float[4], 4)),
        "stem.gain must have shape (8,), but had (4,)");
  }

  @Test
  void read_optionOutOfRange_isNamed() {
    assertRefused(
        arrays -> arrays.put("encoder.width", NpyArray.integer(9)),
        "width must be a positive multiple of 8, but was 9");
  }

  @Test
  void read_noArchive_isRefused() {
    assertThatThrownBy(() -> EncoderNpz.read(new byte[] {1, 2, 3}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not an .npz archive");
  }

  private static void assertRefused(Consumer<Map<String, NpyArray>> change, String message) {
    assertThatThrownBy(
            () -> {
              Map<String, NpyArray> arrays =
                  new LinkedHashMap<>(NpzArchive.read(bytes(snapshot())));
              change.accept(arrays);
              ByteArrayOutputStream out = new ByteArrayOutputStream();
              NpzArchive.write(arrays, out);
              EncoderNpz.read(out.toByteArray());
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static EncoderSnapshot snapshot() {
    return Encoders.snapshot(Encoders.small(Normalization.GROUP), 12, 1);
  }

  private static byte[] bytes(EncoderSnapshot snapshot) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EncoderNpz.write(snapshot, out);
    return out.toByteArray();
  }
}
