package io.afterimage.local;

import io.afterimage.model.LocalFiles;
import io.afterimage.model.SnapshotReader;
import io.afterimage.model.SnapshotRegistry;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Read access to the registry of the job's encoder snapshots. */
final class Snapshots {
  private final SnapshotRegistry registry;

  Snapshots(Path directory) {
    registry = new SnapshotRegistry(new LocalFiles(), directory.toString());
  }

  /** The directory of the newest snapshot; null if there is none yet. */
  @Nullable Path newest() throws IOException {
    Optional<String> latest = registry.latest();
    return latest.isPresent() ? Path.of(registry.path(latest.get())) : null;
  }

  /** The snapshot in a version's directory. */
  static EncoderSnapshot read(Path snapshot) throws IOException {
    return new SnapshotReader(new LocalFiles()).read(snapshot.toString()).snapshot();
  }
}
