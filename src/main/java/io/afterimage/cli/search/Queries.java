package io.afterimage.cli.search;

import io.afterimage.cli.model.Storage;
import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.frame.FrameDecoderSettings;
import io.afterimage.frame.FrameRejectedException;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.model.SnapshotManifest;
import io.afterimage.model.SnapshotRegistry;
import io.afterimage.search.EmbeddingIndex;
import io.afterimage.search.IndexedEncoder;
import io.afterimage.terminal.Escapes;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.wire.EncoderId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the user's query into a vector of one encoder. */
final class Queries {
  private static final int MOST_BYTES = 256 << 20;
  private static final long MOST_PIXELS = 500_000_000;

  private Queries() {}

  /** The query for a camera's frame at a time, whose vector is in the index. */
  static SearchQuery frame(
      EmbeddingIndex index, String camera, Instant at, Duration within, @Nullable Long encoderId)
      throws IOException {
    Optional<EmbeddingIndex.Embedded> found = index.frameAt(camera, at, encoderId);
    if (found.isEmpty()) {
      throw new IOException(
          "there is no frame of the camera %s%s; the index knows %s"
              .formatted(
                  camera,
                  encoderId == null ? "" : " by the encoder " + EncoderId.hex(encoderId),
                  String.join(", ", index.cameras())));
    }
    EmbeddingIndex.Embedded embedded = found.get();
    long off = Math.abs(embedded.frame().captureMillis() - at.toEpochMilli());
    if (off > within.toMillis()) {
      throw new IOException(
          "the camera %s has no frame within %s s of %s; the nearest is of %s"
              .formatted(
                  camera,
                  within.toSeconds(),
                  Times.show(at.toEpochMilli()),
                  Times.show(embedded.frame().captureMillis())));
    }
    return new SearchQuery(
        List.of("query", Escapes.shown(camera), Times.show(embedded.frame().captureMillis())),
        embedded.frame().encoderId(),
        embedded.vector(),
        embedded.frame(),
        null);
  }

  /**
   * The query for an image, embedded by the newest encoder of the index with an available snapshot.
   */
  static SearchQuery image(
      EmbeddingIndex index, Path image, String snapshots, @Nullable Long encoderId)
      throws IOException {
    byte[] picture;
    try {
      picture = Files.readAllBytes(image);
    } catch (NoSuchFileException e) {
      throw new FileNotFoundException("there is no image " + image);
    }
    SnapshotRegistry registry = new SnapshotRegistry(Storage.files(snapshots), snapshots);
    for (IndexedEncoder each : index.encoders()) {
      if (encoderId == null || each.id() == encoderId) {
        Optional<SnapshotManifest> manifest = registry.find(EncoderId.hex(each.id()));
        if (manifest.isPresent()) {
          EncoderSnapshot snapshot = registry.read(manifest.get().version()).snapshot();
          return new SearchQuery(
              List.of("query", image.getFileName().toString()),
              each.id(),
              embed(image, picture, snapshot),
              null,
              picture);
        }
      }
    }
    throw new IOException(unknown(index, registry, snapshots, encoderId));
  }

  private static String unknown(
      EmbeddingIndex index, SnapshotRegistry registry, String snapshots, @Nullable Long encoderId)
      throws IOException {
    String there =
        registry.list().stream()
            .map(each -> each.weightsSha256().substring(0, 16) + " (" + each.version() + ")")
            .collect(Collectors.joining(", "));
    String indexed =
        index.encoders().stream()
            .map(each -> EncoderId.hex(each.id()))
            .collect(Collectors.joining(", "));
    if (encoderId != null && index.frames(encoderId) == 0) {
      return "--encoder %s embedded no frame of the index; encoders of the index are %s"
          .formatted(EncoderId.hex(encoderId), indexed);
    }
    return ("an image must be embedded by the encoder that embedded the frames, but %s has"
            + " no snapshot of %s:"
            + " it holds %s. Snapshots are deleted beyond snapshot.keep; a search by --camera"
            + " and --at needs none")
        .formatted(
            snapshots,
            encoderId == null ? indexed : EncoderId.hex(encoderId),
            there.isEmpty() ? "none" : there);
  }

  private static float[] embed(Path image, byte[] picture, EncoderSnapshot snapshot)
      throws IOException {
    try (FrameDecoder decoder =
            new FrameDecoder(
                new FrameDecoderSettings(
                    snapshot.settings().frameSize(), MOST_BYTES, 1, MOST_PIXELS));
        SnapshotEncoder encoder = new SnapshotEncoder(snapshot)) {
      byte[] pixels = decoder.decode(new EncodedFrame("query", 0, picture, 0, 0)).pixels();
      return encoder.embed(pixels, 1);
    } catch (FrameRejectedException e) {
      throw new IOException(
          "%s cannot be used, %s: %s".formatted(image, e.reason().label(), e.getMessage()), e);
    }
  }
}
