package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.encoder.EncoderSettings;
import io.afterimage.encoder.Normalization;
import io.afterimage.snapshot.EncoderSnapshot;
import io.afterimage.snapshot.EncoderSnapshotCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotDirectoryTest {
  private static final EncoderSettings ENCODER =
      new EncoderSettings("resnet-s", 8, 1, 4, Normalization.GROUP, 16);

  @TempDir Path temporary;

  @Test
  void write_isReadableAndTheNewest() throws Exception {
    SnapshotDirectory directory = new SnapshotDirectory(uri("a/b"), 3);

    String name = directory.write(snapshot(7)).getName();

    assertThat(latest("a/b")).isEqualTo(name);
    byte[] bytes = Files.readAllBytes(temporary.resolve("a/b").resolve(name));
    assertThat(EncoderSnapshotCodec.decode(bytes).step()).isEqualTo(7);
    assertThat(EncoderSnapshotCodec.decode(bytes).parameters().get("w")).containsExactly(7f);
  }

  @Test
  void write_keepsTheNewestOnly_andNoTemporaryFile() throws Exception {
    SnapshotDirectory directory = new SnapshotDirectory(uri("s"), 2);
    for (int step = 1; step <= 4; step++) {
      directory.write(snapshot(step));
      age("s", step);
    }

    assertThat(names("s"))
        .containsExactlyInAnyOrder(
            "encoder-000000000003.afim", "encoder-000000000004.afim", "latest");
  }

  @Test
  void write_ofASmallerStepThanTheOldOnes_staysTheNewest() throws Exception {
    SnapshotDirectory directory = new SnapshotDirectory(uri("s"), 1);
    directory.write(snapshot(900));

    directory.write(snapshot(1));

    assertThat(latest("s")).isEqualTo("encoder-000000000001.afim");
    assertThat(names("s")).containsExactlyInAnyOrder("encoder-000000000001.afim", "latest");
  }

  @Test
  void write_again_replaces() throws Exception {
    SnapshotDirectory directory = new SnapshotDirectory(uri("s"), 1);
    directory.write(snapshot(5));
    directory.write(snapshot(5));

    assertThat(names("s")).hasSize(2);
  }

  @Test
  void write_whereNothingCanBeWritten_leavesWhatWasThere() throws Exception {
    Files.writeString(temporary.resolve("file"), "no directory");
    SnapshotDirectory directory = new SnapshotDirectory(uri("file"), 1);

    assertThatThrownBy(() -> directory.write(snapshot(5))).isInstanceOf(IOException.class);
    assertThat(Files.readString(temporary.resolve("file"))).isEqualTo("no directory");
  }

  private void age(String directory, int step) throws IOException {
    // The file system's clock may be too coarse to tell two writes apart.
    Path file = temporary.resolve(directory).resolve("encoder-%012d.afim".formatted(step));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L * step));
  }

  private String uri(String name) {
    return temporary.resolve(name).toUri().toString();
  }

  private String latest(String directory) throws IOException {
    return Files.readString(temporary.resolve(directory).resolve("latest")).strip();
  }

  private List<String> names(String directory) throws IOException {
    try (Stream<Path> files = Files.list(temporary.resolve(directory))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static EncoderSnapshot snapshot(long step) {
    return new EncoderSnapshot(step, ENCODER, Map.of("w", new float[] {step}));
  }
}
