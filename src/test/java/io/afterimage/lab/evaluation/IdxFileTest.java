package io.afterimage.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  private static final byte[] TWO_BY_THREE = {
    0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, (byte) 255
  };

  @TempDir Path directory;

  @Test
  void read_plainAndPacked_areTheSame() throws IOException {
    Path plain = Files.write(directory.resolve("plain"), TWO_BY_THREE);
    Path packed = directory.resolve("packed.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(TWO_BY_THREE);
    }
    assertThat(IdxFile.read(plain, 2).shape()).containsExactly(2, 3);
    assertThat(IdxFile.read(plain, 2).values()).containsExactly(1, 2, 3, 4, 5, -1);
    assertThat(IdxFile.read(packed, 2).values()).containsExactly(1, 2, 3, 4, 5, -1);
  }

  @Test
  void read_wrongFile_namesItAndSaysWhy() throws IOException {
    Path cut = Files.write(directory.resolve("cut"), java.util.Arrays.copyOf(TWO_BY_THREE, 15));
    Path longer =
        Files.write(directory.resolve("longer"), java.util.Arrays.copyOf(TWO_BY_THREE, 19));
    Path text = Files.writeString(directory.resolve("text.gz"), "no gzip at all");
    assertThatThrownBy(() -> IdxFile.read(cut, 2))
        .hasMessage(cut + " ends too early for an IDX file");
    assertThatThrownBy(() -> IdxFile.read(longer, 2))
        .hasMessageContaining("has data after the 6 elements");
    assertThatThrownBy(() -> IdxFile.read(cut, 3)).hasMessageContaining("must start with 00000803");
    assertThatThrownBy(() -> IdxFile.read(text, 1)).hasMessageContaining("is not a gzip file");
    assertThatThrownBy(() -> IdxFile.read(directory.resolve("none"), 1))
        .hasMessage(directory.resolve("none") + " cannot be read");
  }

  @Test
  void read_directoryWithoutImages_namesWhatIsMissing() {
    assertThatThrownBy(() -> LabelledImages.read(directory, "train"))
        .hasMessageContaining("holds neither train-images-idx3-ubyte.gz nor");
  }
}
