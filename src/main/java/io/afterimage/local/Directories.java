package io.afterimage.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Operations on whole directories. */
final class Directories {
  private Directories() {}

  /**
   * A path in the form that Flink reads: spaces are not encoded, since Flink would take %20
   * literally.
   */
  static String forFlink(Path directory) {
    return "file://" + directory.toAbsolutePath();
  }

  /** Deletes a directory with its contents; does nothing if it does not exist. */
  static void delete(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      List<Path> childrenFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : childrenFirst) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // Nothing to delete.
    } catch (IOException e) {
      throw new UncheckedIOException("%s could not be deleted".formatted(root), e);
    }
  }
}
