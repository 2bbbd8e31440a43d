package io.afterimage.cli.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A file that is written atomically. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Checks early that the file can be written.
   *
   * @throws ParameterException naming option, value and reason
   */
  static void requireWritable(CommandSpec command, Path file, boolean force) {
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw refused(command, file, "is a directory, but must be a file");
    }
    if (!force && Files.exists(file)) {
      throw refused(command, file, "exists already; --force replaces it");
    }
    if (directory == null || !Files.isDirectory(directory)) {
      throw refused(command, file, "there is no directory " + directory);
    }
    if (!Files.isWritable(directory)) {
      throw refused(command, file, directory + " cannot be written to");
    }
  }

  private static ParameterException refused(CommandSpec command, Path file, String reason) {
    return new ParameterException(command.commandLine(), "--output %s: %s".formatted(file, reason));
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
