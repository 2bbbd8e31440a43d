package io.afterimage.cli.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is there whole or not at all. */
final class OutputFile {
  private OutputFile() {}

  /** Says early what would fail late. */
  static void requireWritable(Path file, boolean force) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("--output must be a file, but %s is a directory".formatted(file));
    }
    if (!force && Files.exists(file)) {
      throw new FileAlreadyExistsException(
          "--output %s is there already; --force replaces it".formatted(file));
    }
    Path directory = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(directory)) {
      throw new IOException("--output %s: there is no directory %s".formatted(file, directory));
    }
  }

  static void write(Path file, byte[] bytes) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path aside = directory.resolve(".writing-" + file.getFileName());
    try {
      Files.write(aside, bytes);
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
