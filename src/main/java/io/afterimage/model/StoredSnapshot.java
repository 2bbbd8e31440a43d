package io.afterimage.model;

import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import java.io.FileNotFoundException;
import java.io.IOException;

/**
 * A published snapshot, checked against its manifest.
 *
 * @param manifest its manifest
 * @param snapshot the snapshot
 */
public record StoredSnapshot(SnapshotManifest manifest, EncoderSnapshot snapshot) {
  /** The manifest in a snapshot's directory. */
  static SnapshotManifest manifest(SnapshotFiles files, String directory) throws IOException {
    String path = SnapshotFiles.child(directory, SnapshotRegistry.MANIFEST);
    SnapshotManifest manifest;
    try {
      manifest = ManifestJson.read(files.read(path));
    } catch (FileNotFoundException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("%s cannot be used: %s".formatted(path, e.getMessage()), e);
    }
    String weights = SnapshotFiles.child(directory, manifest.weightsFile());
    long length = files.length(weights);
    if (length < 0) {
      throw new FileNotFoundException("there is no file " + weights);
    }
    if (length != manifest.weightsBytes()) {
      throw new IOException(
          "%s has %d bytes, but its manifest declares %d"
              .formatted(weights, length, manifest.weightsBytes()));
    }
    return manifest;
  }

  /**
   * The snapshot in a directory.
   *
   * @throws IOException if it is incomplete or damaged, naming the file
   */
  static StoredSnapshot read(SnapshotFiles files, String directory) throws IOException {
    SnapshotManifest manifest = manifest(files, directory);
    String path = SnapshotFiles.child(directory, manifest.weightsFile());
    byte[] weights = files.read(path);
    String sha256 = Sha256.hex(weights);
    if (!sha256.equals(manifest.weightsSha256())) {
      throw new IOException(
          "%s has SHA-256 %s, but its manifest declares %s"
              .formatted(path, sha256, manifest.weightsSha256()));
    }
    EncoderSnapshot snapshot;
    try {
      snapshot = EncoderSnapshotCodec.decode(weights);
    } catch (IOException e) {
      throw new IOException("%s cannot be used: %s".formatted(path, e.getMessage()), e);
    }
    if (!snapshot.settings().equals(manifest.encoder()) || snapshot.step() != manifest.step()) {
      throw new IOException(
          "%s is step %d of %s, but its manifest declares step %d of %s"
              .formatted(
                  path, snapshot.step(), snapshot.settings(), manifest.step(), manifest.encoder()));
    }
    return new StoredSnapshot(manifest, snapshot);
  }
}
