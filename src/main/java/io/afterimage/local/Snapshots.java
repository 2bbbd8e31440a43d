package io.afterimage.local;

import io.afterimage.snapshot.EncoderSnapshot;
import io.afterimage.snapshot.EncoderSnapshotCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The directory that the job writes its encoder snapshots to, seen from outside. */
final class Snapshots {
  private static final String LATEST = "latest";

  private final Path directory;

  Snapshots(Path directory) {
    this.directory = directory;
  }

  /** The newest snapshot; null if there is none yet. */
  @Nullable Path newest() throws IOException {
    Path latest = directory.resolve(LATEST);
    return Files.exists(latest) ? directory.resolve(Files.readString(latest).strip()) : null;
  }

  static EncoderSnapshot read(Path snapshot) throws IOException {
    return EncoderSnapshotCodec.decode(Files.readAllBytes(snapshot));
  }
}
