package io.afterimage.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The search as it is called at a terminal, and what it printed. */
final class SearchCommand {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final String bootstrapServers;
  private final Path directory;

  /**
   * @param directory where the index and the contact sheet are written, unless arguments say
   *     otherwise
   */
  SearchCommand(String bootstrapServers, Path directory) {
    this.bootstrapServers = bootstrapServers;
    this.directory = directory;
  }

  /** The output of the last call. */
  StringWriter out() {
    return out;
  }

  /** The errors of the last call. */
  StringWriter err() {
    return err;
  }

  /** Calls the search with the broker and the directory. Returns its exit code. */
  int search(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                bootstrapServers,
                "--apart",
                "1s",
                "--sheet",
                directory.resolve("sheet.png").toString()));
    List<String> given = List.of(arguments);
    if (!given.contains("--index")) {
      all.addAll(List.of("--index", directory.resolve("index").toString()));
    }
    all.addAll(given);
    return run(all.toArray(String[]::new));
  }

  /** Calls the search with these arguments only. Returns its exit code. */
  int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return SearchMain.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }

  /** The results of the last call with {@code --json}. */
  List<JsonNode> found() throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      found.add(MAPPER.readTree(line));
    }
    return found;
  }
}
