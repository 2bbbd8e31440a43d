package io.afterimage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of {@code --output}: what a run leaves there, and what the next run makes of it.
 *
 * <pre>
 *   snapshots/    the encoder, version by version
 *   summary.json  written at the run's end
 *   savepoints/   the job's whole state at its orderly end
 *   checkpoints/  its state from time to time, for a run that was killed
 *   kafka/        the broker's log: frames, embeddings, reports
 *   index/        the search's, made by whoever searches
 *   earlier/      runs that a new one has taken the place of, each as above
 * </pre>
 *
 * @param root where it is
 */
public record RunDirectory(Path root) {
  private static final String SNAPSHOTS = "snapshots";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String SAVEPOINTS = "savepoints";
  private static final String KAFKA = "kafka";
  private static final String EARLIER = "earlier";
  private static final String METADATA = "_metadata";

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HH-mm-ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  public Path snapshots() {
    return root.resolve(SNAPSHOTS);
  }

  public Path checkpoints() {
    return root.resolve(CHECKPOINTS);
  }

  Path savepoints() {
    return root.resolve(SAVEPOINTS);
  }

  Path kafka() {
    return root.resolve(KAFKA);
  }

  Path summary() {
    return root.resolve("summary.json");
  }

  /** Where commands that are shown keep their index. */
  Path index() {
    return root.resolve("index");
  }

  /** A frame that the run has seen, as a picture to search with. */
  Path example() {
    return root.resolve("example.jpg");
  }

  private List<Path> ofOneRun() {
    return List.of(
        snapshots(), checkpoints(), savepoints(), kafka(), summary(), index(), example());
  }

  /** Whether an encoder has been learned here. */
  public boolean holdsAnEncoder() {
    return Files.exists(snapshots().resolve("latest"));
  }

  /** The newest whole savepoint or checkpoint that a run can go on from. */
  public Optional<Path> newestState() throws IOException {
    if (!Files.isDirectory(kafka())) {
      return Optional.empty();
    }
    try (Stream<Path> saved = states(savepoints(), 2);
        Stream<Path> checkpointed = states(checkpoints(), 3)) {
      return Stream.concat(saved, checkpointed)
          .max(Comparator.comparing(RunDirectory::time))
          .map(Path::getParent);
    }
  }

  private static Stream<Path> states(Path directory, int depth) throws IOException {
    return Files.isDirectory(directory)
        ? Files.find(directory, depth, (path, attributes) -> path.endsWith(METADATA))
        : Stream.empty();
  }

  private static Instant time(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  /**
   * Makes room for a new run. What an earlier one learned is moved to a directory of its own; an
   * earlier run without an encoder is deleted.
   *
   * @return where the earlier run is now; empty if there was none to keep
   */
  Optional<Path> setAside() throws IOException {
    if (!holdsAnEncoder()) {
      delete();
      return Optional.empty();
    }
    FileTime learned = Files.getLastModifiedTime(snapshots().resolve("latest"));
    Path earlier = unused(root.resolve(EARLIER).resolve(NAME.format(learned.toInstant())));
    Files.createDirectories(earlier);
    for (Path each : ofOneRun()) {
      if (Files.exists(each)) {
        Files.move(each, earlier.resolve(each.getFileName()));
      }
    }
    return Optional.of(earlier);
  }

  private static Path unused(Path wanted) {
    Path candidate = wanted;
    for (int i = 2; Files.exists(candidate); i++) {
      candidate = wanted.resolveSibling(wanted.getFileName() + "-" + i);
    }
    return candidate;
  }

  /** Deletes the run that is here, though not those that were set aside. */
  void delete() {
    ofOneRun().forEach(Directories::delete);
  }

  /** Deletes every savepoint and checkpoint that the newest state replaces. */
  void keepOnly(Path state) throws IOException {
    Directories.delete(checkpoints());
    try (Stream<Path> all = Files.list(savepoints())) {
      all.filter(each -> !each.equals(state)).toList().forEach(Directories::delete);
    }
  }
}
