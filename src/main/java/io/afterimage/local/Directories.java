package io.afterimage.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Work on whole directories. */
final class Directories {
  private Directories() {}

  /** As Flink reads paths: with spaces as they are, since it would take %20 for a name's own. */
  static String forFlink(Path directory) {
    return "file://" + directory.toAbsolutePath();
  }

  /** Deletes a directory and all that is in it; does nothing if it does not exist. */
  static void delete(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      List<Path> childrenFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : childrenFirst) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // There was nothing to delete.
    } catch (IOException e) {
      throw new UncheckedIOException("%s could not be deleted".formatted(root), e);
    }
  }
}
