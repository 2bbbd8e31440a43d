package io.afterimage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.Normalization;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotReaderTest {
  private final SnapshotReader reader = new SnapshotReader(new LocalFiles());

  @TempDir Path temporary;

  @BeforeEach
  void publish() throws IOException {
    SnapshotRegistry registry =
        new SnapshotRegistry(new LocalFiles(), temporary.resolve("registry").toString());
    registry.publish(snapshot(1), Map.of());
    registry.publish(snapshot(2), Map.of());
    try (OutputStream out = Files.newOutputStream(temporary.resolve("exported.npz"))) {
      EncoderNpz.write(snapshot(3), out);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "registry, 2",
    "registry/, 2",
    "registry/latest, 2",
    "registry/step-000000000001, 1",
    "registry/step-000000000001/encoder.afim, 1",
    "exported.npz, 3",
  })
  void read_everyKindOfPath_isFound(String path, long step) throws IOException {
    assertThat(reader.read(temporary + "/" + path).snapshot().step()).isEqualTo(step);
    assertThat(reader.read(temporary.toUri() + path).snapshot().step()).isEqualTo(step);
  }

  @Test
  void read_latest_saysWhichItIs() throws IOException {
    assertThat(reader.read(temporary + "/registry/latest").path())
        .endsWith("registry/step-000000000002");
  }

  @ParameterizedTest
  @CsvSource({"none", "none.npz", "none/latest", "registry/step-000000000003"})
  void read_nothingThere_isNamed(String path) {
    assertThatThrownBy(() -> reader.read(temporary + "/" + path))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining(path.replace("/latest", ""));
  }

  @Test
  void read_noSnapshot_isNamedWithTheReason() throws IOException {
    Path file = Files.writeString(temporary.resolve("notes.txt"), "nothing of the kind");
    assertThatThrownBy(() -> reader.read(file.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("notes.txt cannot be used: an encoder snapshot starts with AFIM");
  }

  private static EncoderSnapshot snapshot(long step) {
    return Encoders.snapshot(Encoders.small(Normalization.GROUP), step, step);
  }
}
