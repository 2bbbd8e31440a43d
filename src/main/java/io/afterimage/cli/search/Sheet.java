package io.afterimage.cli.search;

import io.afterimage.frame.FrameRejectedException;
import io.afterimage.frame.ThumbnailEncoder;
import io.afterimage.search.ContactSheet;
import io.afterimage.search.Hit;
import io.afterimage.terminal.Escapes;
import io.afterimage.wire.FrameRef;
import io.afterimage.wire.kafka.FrameFetcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The contact sheet of a search, as a file. */
final class Sheet {
  private static final int MOST_PIXELS = 500_000_000;
  private static final String GONE = "no longer in the topic";

  private static final Duration WAIT = Duration.ofSeconds(5);

  private final Path file;
  private final String format;
  private int shown;
  private @Nullable String problem;

  /**
   * @throws IllegalArgumentException if the file's extension is not one of PNG or JPEG, or its
   *     directory does not exist
   */
  Sheet(Path file) {
    this.file = file;
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (!name.matches(".*\\.(png|jpe?g)")) {
      throw new IllegalArgumentException("--sheet must be a .png or .jpg file, but was " + file);
    }
    format = name.endsWith("png") ? "png" : "jpg";
    Path directory = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "--sheet %s: there is no directory %s".formatted(file, directory));
    }
  }

  /** Writes the sheet; without Kafka the frames' pictures stay blank. */
  void write(SearchQuery query, List<Hit> hits, KafkaArguments kafka) throws IOException {
    List<FrameRef> wanted = new ArrayList<>(hits.stream().map(hit -> hit.frame().frame()).toList());
    if (query.origin() != null) {
      wanted.add(query.origin().frame());
    }
    Map<FrameRef, byte[]> pictures = fetch(wanted, kafka);
    try (ThumbnailEncoder thumbnails = new ThumbnailEncoder(ContactSheet.SIDE, MOST_PIXELS)) {
      byte[] asked =
          query.origin() == null ? query.picture() : pictures.get(query.origin().frame());
      ContactSheet.Tile first = tile(asked, query.caption(), thumbnails);
      List<ContactSheet.Tile> found = new ArrayList<>();
      for (Hit each : hits) {
        byte[] picture = pictures.get(each.frame().frame());
        ContactSheet.Tile tile = tile(picture, caption(each), thumbnails);
        shown += tile.image() == null ? 0 : 1;
        found.add(tile);
      }
      byte[] sheet = ContactSheet.draw(first, found, format);
      Path aside = file.resolveSibling(".writing-" + file.getFileName());
      Files.write(aside, sheet);
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Map<FrameRef, byte[]> fetch(List<FrameRef> frames, KafkaArguments kafka)
      throws IOException {
    try (FrameFetcher pictures = new FrameFetcher(kafka.clients(), kafka.frames(), WAIT)) {
      return pictures.fetch(frames);
    } catch (KafkaException e) {
      problem = e.getMessage();
      return Map.of();
    }
  }

  private ContactSheet.Tile tile(
      byte @Nullable [] picture, List<String> caption, ThumbnailEncoder thumbnails) {
    if (picture == null) {
      return new ContactSheet.Tile(null, problem == null ? GONE : "not fetched", caption);
    }
    try {
      return new ContactSheet.Tile(thumbnails.encode(picture), "", caption);
    } catch (FrameRejectedException e) {
      return new ContactSheet.Tile(null, e.reason().label(), caption);
    }
  }

  private static List<String> caption(Hit hit) {
    return List.of(
        String.format(Locale.ROOT, "%.3f", hit.similarity()),
        Escapes.shown(hit.frame().camera()),
        Times.show(hit.frame().captureMillis()));
  }

  Path file() {
    return file;
  }

  /** The number of frames with pictures on the sheet. */
  int shown() {
    return shown;
  }

  /** Why pictures could not be fetched; null if they could. */
  @Nullable String problem() {
    return problem;
  }
}
