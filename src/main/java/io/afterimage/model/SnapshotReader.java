package io.afterimage.model;

import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the snapshot that a path refers to: a registry's directory or {@code latest} in it (its
 * latest version), a version's directory, a weights file {@code .afim}, or an exported {@code
 * .npz}.
 */
public final class SnapshotReader {
  private final SnapshotFiles files;

  public SnapshotReader(SnapshotFiles files) {
    this.files = files;
  }

  /**
   * A snapshot that was found.
   *
   * @param path its path, with {@code latest} resolved
   * @param manifest its manifest; null for a single file
   */
  public record Found(String path, @Nullable SnapshotManifest manifest, EncoderSnapshot snapshot) {}

  /**
   * @throws IOException if there is no snapshot at that path, or it is damaged, naming the file
   */
  public Found read(String path) throws IOException {
    String directory = versionDirectory(path);
    if (directory != null) {
      StoredSnapshot stored = StoredSnapshot.read(files, directory);
      return new Found(directory, stored.manifest(), stored.snapshot());
    }
    byte[] bytes;
    try {
      bytes = files.read(path);
    } catch (FileNotFoundException e) {
      throw new FileNotFoundException("there is no snapshot at " + path);
    }
    try {
      return new Found(
          path,
          null,
          path.endsWith(".npz") ? EncoderNpz.read(bytes) : EncoderSnapshotCodec.decode(bytes));
    } catch (IOException e) {
      throw new IOException("%s cannot be used: %s".formatted(path, e.getMessage()), e);
    }
  }

  /**
   * The manifest of a snapshot, without its weights.
   *
   * @return null if the path is a single file, which has none
   * @throws IOException if there is no snapshot at that path
   */
  public @Nullable SnapshotManifest manifest(String path) throws IOException {
    String directory = versionDirectory(path);
    return directory == null ? null : StoredSnapshot.manifest(files, directory);
  }

  /** Whether a path is a registry's directory, rather than one snapshot. */
  public boolean isRegistry(String path) throws IOException {
    return files.isDirectory(path) && !isVersion(path);
  }

  /** The directory of the version referred to; null if the path is a single file. */
  private @Nullable String versionDirectory(String path) throws IOException {
    if (files.isDirectory(path)) {
      return isVersion(path) ? path : latest(path);
    }
    String latest = "/" + SnapshotRegistry.LATEST;
    if (path.endsWith(latest)) {
      String registry = path.substring(0, path.length() - latest.length());
      return latest(registry.isEmpty() ? "/" : registry);
    }
    return path.equals(SnapshotRegistry.LATEST) ? latest(".") : null;
  }

  private boolean isVersion(String directory) throws IOException {
    return files.length(SnapshotFiles.child(directory, SnapshotRegistry.MANIFEST)) >= 0;
  }

  private String latest(String directory) throws IOException {
    SnapshotRegistry registry = new SnapshotRegistry(files, directory);
    Optional<String> latest = registry.latest();
    if (latest.isEmpty()) {
      throw new FileNotFoundException("there is no snapshot in " + directory);
    }
    return registry.path(latest.get());
  }
}
