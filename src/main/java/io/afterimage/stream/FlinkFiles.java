package io.afterimage.stream;

import io.afterimage.model.SnapshotFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/** Flink's file systems; the scheme of a path selects one. */
public final class FlinkFiles implements SnapshotFiles {
  @Override
  public List<String> list(String directory) throws IOException {
    Path path = new Path(directory);
    if (!isDirectory(directory)) {
      return List.of();
    }
    FileStatus[] children = path.getFileSystem().listStatus(path);
    List<String> names = new ArrayList<>();
    if (children != null) {
      for (FileStatus child : children) {
        names.add(child.getPath().getName());
      }
    }
    return names;
  }

  @Override
  public boolean isDirectory(String path) throws IOException {
    try {
      return status(path).isDir();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  @Override
  public long length(String file) throws IOException {
    try {
      FileStatus status = status(file);
      return status.isDir() ? -1 : status.getLen();
    } catch (FileNotFoundException e) {
      return -1;
    }
  }

  private static FileStatus status(String path) throws IOException {
    Path asked = new Path(path);
    return asked.getFileSystem().getFileStatus(asked);
  }

  @Override
  public byte[] read(String file) throws IOException {
    Path path = new Path(file);
    try (InputStream in = path.getFileSystem().open(path)) {
      return in.readAllBytes();
    }
  }

  @Override
  public void write(String file, byte[] bytes) throws IOException {
    Path path = new Path(file);
    FileSystem files = path.getFileSystem();
    files.mkdirs(path.getParent());
    try (OutputStream out = files.create(path, WriteMode.NO_OVERWRITE)) {
      out.write(bytes);
    }
  }

  @Override
  public void move(String from, String to) throws IOException {
    Path source = new Path(from);
    Path target = new Path(to);
    FileSystem files = source.getFileSystem();
    // Some file systems would move into the directory.
    if (isDirectory(to)) {
      throw new IOException("the directory %s exists already".formatted(to));
    }
    if (!files.rename(source, target)) {
      // Not every file system replaces an existing file on rename.
      if (length(to) < 0 || !files.delete(target, false) || !files.rename(source, target)) {
        throw new IOException("%s could not be renamed to %s".formatted(from, to));
      }
    }
  }

  @Override
  public void delete(String path) throws IOException {
    Path deleted = new Path(path);
    FileSystem files = deleted.getFileSystem();
    if (files.exists(deleted) && !files.delete(deleted, true) && files.exists(deleted)) {
      throw new IOException("%s could not be deleted".formatted(path));
    }
  }
}
