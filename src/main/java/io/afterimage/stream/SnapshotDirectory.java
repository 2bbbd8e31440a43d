package io.afterimage.stream;

import io.afterimage.snapshot.EncoderSnapshot;
import io.afterimage.snapshot.EncoderSnapshotCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * A directory of encoder snapshots on any of Flink's file systems.
 *
 * <p>A snapshot is the file {@code encoder-STEP.afim}, and the file {@code latest} holds the name
 * of the newest one. Either is there whole or not at all: it is written under a temporary name
 * first.
 */
final class SnapshotDirectory {
  /** Holds the name of the newest snapshot. */
  static final String LATEST = "latest";

  private static final Pattern SNAPSHOT = Pattern.compile("encoder-\\d+\\.afim");
  private static final String TEMPORARY_PREFIX = ".writing-";

  private final Path directory;
  private final int keep;

  /**
   * @param keep snapshots that stay; the oldest beyond that are deleted
   */
  SnapshotDirectory(String directory, int keep) {
    this.directory = new Path(directory);
    this.keep = keep;
  }

  /**
   * Writes a snapshot and makes it the newest.
   *
   * @return where it lies
   * @throws IOException if it could not be written whole; the directory then has the snapshots that
   *     it had before
   */
  Path write(EncoderSnapshot snapshot) throws IOException {
    FileSystem files = directory.getFileSystem();
    files.mkdirs(directory);
    String name = "encoder-%012d.afim".formatted(snapshot.step());
    Path written = writeWhole(files, name, EncoderSnapshotCodec.encode(snapshot));
    writeWhole(files, LATEST, (name + "\n").getBytes(StandardCharsets.US_ASCII));
    deleteOld(files, name);
    return written;
  }

  private Path writeWhole(FileSystem files, String name, byte[] bytes) throws IOException {
    Path temporary = new Path(directory, TEMPORARY_PREFIX + name + "-" + UUID.randomUUID());
    Path wanted = new Path(directory, name);
    try {
      try (OutputStream out = files.create(temporary, WriteMode.NO_OVERWRITE)) {
        out.write(bytes);
      }
      if (!files.rename(temporary, wanted)) {
        // Not every file system replaces a file by renaming another one to its name.
        files.delete(wanted, false);
        if (!files.rename(temporary, wanted)) {
          throw new IOException("%s could not be renamed to %s".formatted(temporary, wanted));
        }
      }
      return wanted;
    } catch (IOException e) {
      deleteQuietly(files, temporary, e);
      throw e;
    }
  }

  private static void deleteQuietly(FileSystem files, Path path, IOException because) {
    try {
      files.delete(path, false);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  /** By age rather than by step: a job that starts anew counts its steps from 1 again. */
  private void deleteOld(FileSystem files, String newest) throws IOException {
    List<FileStatus> old = new ArrayList<>();
    for (FileStatus file : files.listStatus(directory)) {
      String name = file.getPath().getName();
      if (SNAPSHOT.matcher(name).matches() && !name.equals(newest)) {
        old.add(file);
      }
    }
    old.sort(
        Comparator.comparingLong(FileStatus::getModificationTime)
            .thenComparing(file -> file.getPath().getName()));
    for (FileStatus file : old.subList(0, Math.max(0, old.size() - (keep - 1)))) {
      files.delete(file.getPath(), false);
    }
  }
}
