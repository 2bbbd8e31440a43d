package io.afterimage.cli.search;

import io.afterimage.search.Keep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the index. */
final class IndexArguments {
  @Option(
      names = "--index",
      paramLabel = "DIRECTORY",
      description = "The index (default: target/search of the project).")
  private @Nullable Path directory;

  @Option(
      names = "--no-update",
      description = "Search the present index, without reading new embeddings.")
  private boolean stale;

  @Option(names = "--rebuild", description = "Delete the index and rebuild it from the topic.")
  private boolean rebuild;

  @Option(
      names = "--keep-encoders",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Number of newest encoders whose frames are kept in the index (default:"
              + " ${DEFAULT-VALUE}).")
  private int encoders;

  @Option(
      names = "--keep-age",
      paramLabel = "AGE",
      description =
          "Age at which a frame is removed from the index, like 7d (default: never). The"
              + " topic is not touched.")
  private @Nullable Duration age;

  Path directory() {
    return directory == null
        ? Path.of(System.getProperty("afterimage.home", "."), "target", "search")
        : directory;
  }

  /**
   * @throws IllegalArgumentException naming option and value
   */
  void check() {
    keep();
    if (Files.exists(directory()) && !Files.isDirectory(directory())) {
      throw new IllegalArgumentException(
          "--index %s must be a directory, but is a file".formatted(directory()));
    }
  }

  boolean isStale() {
    return stale;
  }

  boolean isRebuild() {
    return rebuild;
  }

  /**
   * @throws IllegalArgumentException naming option and value
   */
  Keep keep() {
    if (encoders < 1) {
      throw new IllegalArgumentException("--keep-encoders must be >= 1, but was " + encoders);
    }
    if (age != null && (age.isZero() || age.isNegative())) {
      throw new IllegalArgumentException("--keep-age must be > 0, but was " + age);
    }
    return new Keep(encoders, age);
  }
}
