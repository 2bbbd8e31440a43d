package io.afterimage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of {@code --output}, with the results of a run.
 *
 * <pre>
 *   snapshots/    the encoder, version by version
 *   summary.json  written at the run's end
 *   savepoints/ the job's state at a clean end
 *   checkpoints/ its periodic state, for a run that was killed
 *   kafka/        the broker's log: frames, embeddings, reports
 *   index/ the index of the search command
 *   earlier/ replaced runs, each in this form
 * </pre>
 *
 * @param root its path
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

  /** The index directory for the example commands. */
  Path index() {
    return root.resolve("index");
  }

  /** The picture of an embedded frame, for the example search. */
  Path example() {
    return root.resolve("example.jpg");
  }

  private List<Path> ofOneRun() {
    return List.of(
        snapshots(), checkpoints(), savepoints(), kafka(), summary(), index(), example());
  }

  /** Whether the directory holds a trained encoder. */
  public boolean holdsAnEncoder() {
    return Files.exists(snapshots().resolve("latest"));
  }

  /** The newest complete savepoint or checkpoint, to resume from. */
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

  /** Whether the newest state is a checkpoint, which later steps may have followed. */
  boolean wasKilled() throws IOException {
    return newestState().filter(state -> state.startsWith(checkpoints())).isPresent();
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
   * Makes room for a new run. An earlier run with an encoder, or with a state to go on from, is
   * moved to its own directory; any other is deleted.
   *
   * @return the new path of the earlier run; empty if none was kept
   */
  Optional<Path> setAside() throws IOException {
    Optional<Path> learned =
        holdsAnEncoder() ? Optional.of(snapshots().resolve("latest")) : newestState();
    if (learned.isEmpty()) {
      delete();
      return Optional.empty();
    }
    Path earlier = unused(root.resolve(EARLIER).resolve(NAME.format(time(learned.get()))));
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

  /** Deletes the current run, but not those that were set aside. */
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
