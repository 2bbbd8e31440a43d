package io.afterimage.model;

import java.io.IOException;
import java.util.List;

/**
 * The file system operations that snapshots need. The file system interprets paths; a name is
 * appended to a path with a slash.
 */
public interface SnapshotFiles {
  /**
   * Names of the entries of a directory, in no order.
   *
   * @return empty if there is no such directory
   */
  List<String> list(String directory) throws IOException;

  boolean isDirectory(String path) throws IOException;

  /**
   * The length of a file (bytes).
   *
   * @return -1 if there is no such file
   */
  long length(String file) throws IOException;

  /**
   * @throws java.io.FileNotFoundException if there is no such file
   */
  byte[] read(String file) throws IOException;

  /** Writes a new file, creating missing parent directories. */
  void write(String file, byte[] bytes) throws IOException;

  /**
   * Renames a file or directory. A file replaces an existing file.
   *
   * @throws IOException if it fails, or a directory of the new name exists
   */
  void move(String from, String to) throws IOException;

  /** Deletes a file, or a directory with its contents; does nothing if neither exists. */
  void delete(String path) throws IOException;

  /** The path of a name in a directory. */
  static String child(String directory, String name) {
    return directory.endsWith("/") ? directory + name : directory + "/" + name;
  }
}
