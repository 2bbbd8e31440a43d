package io.afterimage.lab.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An append-only file of comma-separated values. The first line holds the settings common to all
 * rows, the second the column names.
 */
final class CsvFile {
  private final Path file;
  private final String settings;
  private final List<String> columns;

  CsvFile(Path file, String settings, List<String> columns) {
    this.file = file;
    this.settings = "# " + settings;
    this.columns = columns;
  }

  /**
   * The rows; none if the file does not exist, which creates it.
   *
   * @throws IOException if it has other settings or columns, or is damaged
   */
  List<List<String>> open() throws IOException {
    String header = String.join(",", columns);
    if (!Files.exists(file)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, settings + "\n" + header + "\n");
      return List.of();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2 || !lines.get(0).equals(settings) || !lines.get(1).equals(header)) {
      throw new IOException(
          "%s belongs to an evaluation with other settings; give another --out or delete it"
              .formatted(file));
    }
    List<List<String>> rows =
        lines.subList(2, lines.size()).stream().map(line -> List.of(line.split(",", -1))).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IOException(
            "%s has a line of %d values instead of %d: %s"
                .formatted(file, row.size(), columns.size(), String.join(",", row)));
      }
    }
    return rows;
  }

  /** Appends rows in a single write. */
  void append(List<List<Object>> rows) throws IOException {
    String lines =
        rows.stream()
            .map(
                row ->
                    row.stream().map(Object::toString).collect(Collectors.joining(",", "", "\n")))
            .collect(Collectors.joining());
    Files.writeString(file, lines, StandardOpenOption.APPEND);
  }
}
