package io.afterimage.cli.search;

import io.afterimage.cli.model.Storage;
import io.afterimage.model.LocalFiles;
import io.afterimage.model.SnapshotRegistry;
import io.afterimage.search.SearchFilter;
import io.afterimage.wire.EncoderId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the query. */
final class QueryArguments {
  @Option(
      names = "--like",
      paramLabel = "IMAGE",
      description = "Find frames similar to this image (JPEG, PNG, WebP). Needs --snapshots.")
  private @Nullable Path like;

  @Option(
      names = "--camera",
      paramLabel = "NAME",
      description = "Find frames similar to the one of this camera ...")
  private @Nullable String camera;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "... at this time: 2026-01-31T12:00:00Z, '2026-01-31 12:00:00' (UTC), or milliseconds "
              + "since 1970.")
  private @Nullable Instant at;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      defaultValue = "1min",
      description = "How far from that time the frame may be (default: ${DEFAULT-VALUE}).")
  private Duration within = Duration.ZERO;

  @Option(
      names = "--snapshots",
      paramLabel = "DIRECTORY",
      description = "Directory of the job's snapshots (snapshot.directory).")
  private @Nullable String snapshots;

  @Option(
      names = "--encoder",
      paramLabel = "ID",
      description =
          "Compare by this encoder, 16 digits as --list shows them (default: the newest"
              + " one available, or the one that embedded the camera's frame).")
  private @Nullable String encoder;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "14",
      description = "Frames to find (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--apart",
      paramLabel = "TIME",
      defaultValue = "5s",
      description =
          "Frames of one camera closer together than this show one moment, of which only"
              + " the most similar is returned (default: ${DEFAULT-VALUE}; 0s returns all).")
  private Duration apart = Duration.ZERO;

  @Option(names = "--of", paramLabel = "CAMERA", description = "Only frames of this camera.")
  private @Nullable String of;

  @Option(names = "--from", paramLabel = "TIME", description = "Only frames from this time on.")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only frames before this time.")
  private @Nullable Instant to;

  /** Whether a query is given. */
  boolean isAsked() {
    return like != null || camera != null || at != null;
  }

  /**
   * @throws IllegalArgumentException naming option and value
   */
  void check() {
    if ((camera == null) != (at == null)) {
      throw new IllegalArgumentException(
          camera == null
              ? "--at needs --camera, the camera of the frame"
              : "--camera needs --at, the time of the frame; --of restricts the search to one"
                  + " camera");
    }
    if (like != null && camera != null) {
      throw new IllegalArgumentException("--like and --camera cannot be combined");
    }
    if (like != null && snapshots == null) {
      throw new IllegalArgumentException(
          "--like needs --snapshots, the directory that the job publishes its encoders to");
    }
    if (encoder != null) {
      encoderId();
    }
    if (count < 1 || count > 1000) {
      throw new IllegalArgumentException("--count must be from 1 to 1000, but was " + count);
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException(
          "--from must be before --to, but they were %s and %s".formatted(from, to));
    }
  }

  /**
   * Checks local files before waiting for a broker.
   *
   * @throws IllegalArgumentException naming option and value
   */
  void checkFiles() throws IOException {
    if (like != null && !(Files.isRegularFile(like) && Files.isReadable(like))) {
      throw new IllegalArgumentException("--like %s: there is no readable file".formatted(like));
    }
    if (like != null
        && Storage.files(snapshots) instanceof LocalFiles local
        && new SnapshotRegistry(local, snapshots).versions().isEmpty()) {
      throw new IllegalArgumentException(
          "--snapshots %s: there is no snapshot".formatted(snapshots));
    }
  }

  @Nullable Path like() {
    return like;
  }

  @Nullable String camera() {
    return camera;
  }

  @Nullable Instant at() {
    return at;
  }

  Duration within() {
    return within;
  }

  @Nullable String snapshots() {
    return snapshots;
  }

  @Nullable Long encoderId() {
    if (encoder == null) {
      return null;
    }
    try {
      return EncoderId.parse(encoder);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--encoder: " + e.getMessage(), e);
    }
  }

  SearchFilter filter() {
    return new SearchFilter(count, of, from, to, apart);
  }
}
