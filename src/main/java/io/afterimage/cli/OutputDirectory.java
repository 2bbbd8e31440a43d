package io.afterimage.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A directory that a command writes to, created if necessary, and locked against other processes
 * until it is closed.
 */
public final class OutputDirectory implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final Path path;
  private final FileChannel lockFile;

  private OutputDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  Path path() {
    return path;
  }

  /**
   * Creates and locks the directory.
   *
   * @param option the option that names the directory
   * @throws IOException naming option, value and reason, if it cannot be created, written to or
   *     locked
   */
  static OutputDirectory take(String option, Path directory) throws IOException {
    make(option, directory);
    try {
      return new OutputDirectory(directory, lock(option, directory));
    } catch (FileSystemException e) {
      throw new IOException("%s %s: %s".formatted(option, directory, reason(e)), e);
    }
  }

  /**
   * Creates the directory, for a command that may share it.
   *
   * @param option the option that names the directory
   * @throws IOException naming option, value and reason, if it cannot be created or written to
   */
  public static void make(String option, Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, ".writable", null));
    } catch (FileSystemException e) {
      throw new IOException("%s %s: %s".formatted(option, directory, reason(e)), e);
    }
  }

  // Closing the file releases the lock.
  @SuppressWarnings("resource")
  private static FileChannel lock(String option, Path directory) throws IOException {
    FileChannel file =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      // This process holds it already.
    }
    if (lock == null) {
      file.close();
      throw new IOException(
          "%s %s: another run is writing there; name another directory with %s"
              .formatted(option, directory, option));
    }
    return file;
  }

  private static String reason(FileSystemException e) {
    if (e instanceof FileAlreadyExistsException) {
      return "%s is a file, not a directory".formatted(e.getFile());
    }
    if (e instanceof NotDirectoryException || "Not a directory".equals(e.getReason())) {
      return "a part of that path is a file, not a directory";
    }
    if (e instanceof AccessDeniedException) {
      return "%s cannot be written to".formatted(e.getFile());
    }
    return "%s cannot be created: %s".formatted(e.getFile(), e.getReason());
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
