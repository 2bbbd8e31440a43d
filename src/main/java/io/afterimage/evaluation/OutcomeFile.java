package io.afterimage.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every measurement of an evaluation as comma-separated values, so that it can be gone on with. */
final class OutcomeFile {
  private static final String HEADER =
      "stream,method,seed,step,linear,neighbours,loss,prior,identified,classPrior,objectPrior,"
          + "clamped,spread";
  private static final int COLUMNS = HEADER.split(",").length;

  private final Path file;
  private final String settings;

  /**
   * @param settings one line that says what all outcomes of one file have in common
   */
  OutcomeFile(Path file, String settings) {
    this.file = file;
    this.settings = "# " + settings;
  }

  /**
   * The outcomes that the file holds; none if it does not exist, which creates it.
   *
   * @throws IOException if it is of another evaluation or damaged
   */
  List<Outcome> open() throws IOException {
    if (!Files.exists(file)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, settings + "\n" + HEADER + "\n");
      return List.of();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2 || !lines.get(0).equals(settings) || !lines.get(1).equals(HEADER)) {
      throw new IOException(
          "%s is of another evaluation; give another --out or delete it".formatted(file));
    }
    Map<List<String>, List<Measurement>> found = new LinkedHashMap<>();
    for (String line : lines.subList(2, lines.size())) {
      String[] cells = line.split(",");
      if (cells.length != COLUMNS) {
        throw new IOException(
            "%s has a line of %d values instead of %d: %s"
                .formatted(file, cells.length, COLUMNS, line));
      }
      found
          .computeIfAbsent(List.of(cells[0], cells[1], cells[2]), key -> new ArrayList<>())
          .add(measurement(cells));
    }
    List<Outcome> outcomes = new ArrayList<>();
    found.forEach(
        (key, measurements) ->
            outcomes.add(
                new Outcome(key.get(0), key.get(1), Long.parseLong(key.get(2)), measurements)));
    return outcomes;
  }

  private static Measurement measurement(String[] cells) {
    double[] v = new double[COLUMNS];
    for (int i = 4; i < COLUMNS; i++) {
      v[i] = Double.parseDouble(cells[i]);
    }
    return new Measurement(
        Integer.parseInt(cells[3]), v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12]);
  }

  /** Adds an outcome, whole. */
  synchronized void append(Outcome outcome) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Measurement m : outcome.measurements()) {
      lines
          .append(
              "%s,%s,%d,%d".formatted(outcome.stream(), outcome.method(), outcome.seed(), m.step()))
          .append(",%s,%s,%s,%s".formatted(m.linear(), m.neighbours(), m.loss(), m.prior()))
          .append(",%s,%s,%s".formatted(m.identified(), m.classPrior(), m.objectPrior()))
          .append(",%s,%s%n".formatted(m.clamped(), m.spread()));
    }
    Files.writeString(file, lines, StandardOpenOption.APPEND);
  }
}
