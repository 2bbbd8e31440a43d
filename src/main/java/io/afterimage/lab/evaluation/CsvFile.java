package io.afterimage.lab.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * An append-only file of comma-separated values. The first line holds the settings common to all
 * rows, the second the column names.
 */
final class CsvFile {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setIgnoreEmptyLines(false).get();

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
    if (!Files.exists(file)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, settings + "\n" + text(List.of(columns)));
      return List.of();
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      boolean same = Objects.equals(reader.readLine(), settings);
      List<List<String>> rows = FORMAT.parse(reader).stream().map(CSVRecord::toList).toList();
      if (!same || rows.isEmpty() || !rows.get(0).equals(columns)) {
        throw new IOException(
            "%s belongs to an evaluation with other settings; give another --out or delete it"
                .formatted(file));
      }
      return whole(rows.subList(1, rows.size()));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException damage) {
        throw new IOException("%s is damaged: %s".formatted(file, damage.getMessage()), e);
      }
      throw e.getCause();
    }
  }

  private List<List<String>> whole(List<List<String>> rows) throws IOException {
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
  void append(List<? extends List<?>> rows) throws IOException {
    Files.writeString(file, text(rows), StandardOpenOption.APPEND);
  }

  private static String text(List<? extends List<?>> rows) throws IOException {
    StringBuilder text = new StringBuilder();
    for (List<?> row : rows) {
      FORMAT.printRecord(text, row.toArray());
    }
    return text.toString();
  }
}
