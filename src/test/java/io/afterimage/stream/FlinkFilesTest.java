package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.model.LocalFiles;
import io.afterimage.model.SnapshotFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The properties of file systems that the registry relies on. */
class FlinkFilesTest {
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir Path temporary;

  static Stream<SnapshotFiles> kinds() {
    return Stream.of(new FlinkFiles(), new LocalFiles());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void write_makesDirectoriesAndIsRead(SnapshotFiles files) throws IOException {
    files.write(uri("a/b/file"), BYTES);

    assertThat(files.read(uri("a/b/file"))).isEqualTo(BYTES);
    assertThat(files.length(uri("a/b/file"))).isEqualTo(3);
    assertThat(files.length(uri("a/b"))).isEqualTo(-1);
    assertThat(files.isDirectory(uri("a/b"))).isTrue();
    assertThat(files.isDirectory(uri("a/b/file"))).isFalse();
    assertThat(files.list(uri("a"))).containsExactly("b");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void write_whereAFileIs_fails(SnapshotFiles files) throws IOException {
    files.write(uri("file"), BYTES);

    assertThatThrownBy(() -> files.write(uri("file"), new byte[9])).isInstanceOf(IOException.class);
    assertThat(files.read(uri("file"))).isEqualTo(BYTES);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nothingThere_isEmptyOrNotFound(SnapshotFiles files) throws IOException {
    assertThat(files.list(uri("none"))).isEmpty();
    assertThat(files.length(uri("none"))).isEqualTo(-1);
    assertThat(files.isDirectory(uri("none"))).isFalse();
    assertThatThrownBy(() -> files.read(uri("none"))).isInstanceOf(FileNotFoundException.class);
    files.delete(uri("none"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void move_file_takesThePlaceOfAnother(SnapshotFiles files) throws IOException {
    files.write(uri("old"), new byte[9]);
    files.write(uri("new"), BYTES);

    files.move(uri("new"), uri("old"));

    assertThat(files.read(uri("old"))).isEqualTo(BYTES);
    assertThat(files.list(uri(""))).containsExactly("old");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void move_directory_takesAllAlong_butNeverThePlaceOfAnother(SnapshotFiles files)
      throws IOException {
    files.write(uri("from/file"), BYTES);

    files.move(uri("from"), uri("to"));

    assertThat(files.list(uri("to"))).containsExactly("file");
    files.write(uri("other/file"), BYTES);
    assertThatThrownBy(() -> files.move(uri("other"), uri("to"))).isInstanceOf(IOException.class);
    assertThat(files.list(uri("to"))).containsExactly("file");
    assertThat(files.list(uri("other"))).containsExactly("file");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void delete_directory_takesAllWithIt(SnapshotFiles files) throws IOException {
    files.write(uri("a/b/file"), BYTES);

    files.delete(uri("a"));

    assertThat(files.list(uri(""))).isEmpty();
  }

  private String uri(String name) {
    return SnapshotFiles.child(temporary.toUri().toString(), name);
  }
}
