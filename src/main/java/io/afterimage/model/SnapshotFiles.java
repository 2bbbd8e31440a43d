package io.afterimage.model;

import java.io.IOException;
import java.util.List;

/**
 * The few operations of a file system that snapshots need. Paths are what the file system makes of
 * them; a name is added to a path by a slash.
 */
public interface SnapshotFiles {
  /**
   * Names of what lies directly in a directory, in no order.
   *
   * @return empty if there is no such directory
   */
  List<String> list(String directory) throws IOException;

  boolean isDirectory(String path) throws IOException;

  /**
   * The bytes of a file.
   *
   * @return -1 if there is no such file
   */
  long length(String file) throws IOException;

  /**
   * @throws java.io.FileNotFoundException if there is no such file
   */
  byte[] read(String file) throws IOException;

  /** Writes a new file, and the directories above it that are not there yet. */
  void write(String file, byte[] bytes) throws IOException;

  /**
   * Gives a file or directory another name. A file takes the place of one that is there.
   *
   * @throws IOException if that could not be done, or a directory of the new name is there
   */
  void move(String from, String to) throws IOException;

  /** Deletes a file, or a directory with all that it holds; nothing if there is neither. */
  void delete(String path) throws IOException;

  /** The path of a name in a directory. */
  static String child(String directory, String name) {
    return directory.endsWith("/") ? directory + name : directory + "/" + name;
  }
}
