package io.afterimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bounds that keep files readable. */
final class SourceFilesTest {
  private static final int MOST_LINES = 400;
  private static final int MOST_README_BYTES = 8 * 1024;

  @Test
  void files_haveAtMost400Lines() throws IOException {
    List<String> longer = new ArrayList<>();
    int read = 0;
    for (String root : List.of("src", "jobs")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file : files.filter(SourceFilesTest::isSource).toList()) {
          read++;
          long lines = Files.readString(file).lines().count();
          if (lines > MOST_LINES) {
            longer.add(file + " " + lines);
          }
        }
      }
    }
    assertThat(longer).isEmpty();
    assertThat(read).isGreaterThan(100);
  }

  private static boolean isSource(Path file) {
    return file.getFileName().toString().matches(".*\\.(java|sh|js|css|py)")
        && !file.toString().contains("vendor");
  }

  @Test
  void readme_fitsEightKilobytes() throws IOException {
    assertThat(Files.size(Path.of("README.md"))).isLessThanOrEqualTo(MOST_README_BYTES);
  }
}
