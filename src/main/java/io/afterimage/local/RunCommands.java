package io.afterimage.local;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands for another terminal, with the scripts, the broker and the files of this run, relative
 * to the user's current directory.
 */
public final class RunCommands {
  private final Path scripts;
  private final Path here;
  private final RunDirectory directory;
  private final List<String> again;

  /**
   * @param project the directory that holds {@code jobs/}
   * @param here the user's current directory
   * @param again the arguments with which the run continues, except its directory
   */
  public RunCommands(Path project, Path here, RunDirectory directory, List<String> again) {
    this.scripts = project.resolve("jobs");
    this.here = here;
    this.directory = directory;
    this.again = List.copyOf(again);
  }

  /**
   * Prints the commands for use during the run.
   *
   * @param example an embedded frame, whose picture is {@link RunDirectory#example}
   */
  void whileItRuns(PrintWriter out, String bootstrapServers, ExampleFrame example) {
    out.println();
    out.println("While this run goes on, in another terminal:");
    out.println("  # frames similar to the one of a camera at a time");
    printSearch(
        out,
        bootstrapServers,
        "--camera",
        example.camera(),
        "--at",
        Instant.ofEpochMilli(example.captureMillis()).toString());
    out.println("  # frames similar to a picture");
    printSearch(
        out,
        bootstrapServers,
        "--like",
        shown(directory.example()),
        "--snapshots",
        shown(directory.snapshots()));
    out.println("  # another instance of the page");
    print(out, "page.sh", "--bootstrap-servers", bootstrapServers, "--port", "0");
    out.println("  # the newest encoder");
    print(out, "model.sh", "show", shown(directory.snapshots()));
    out.println();
    out.flush();
  }

  private void printSearch(PrintWriter out, String bootstrapServers, String... query) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--bootstrap-servers", bootstrapServers, "--index", shown(directory.index())));
    arguments.addAll(List.of(query));
    arguments.addAll(List.of("--sheet", shown(directory.root().resolve("search.png"))));
    print(out, "search.sh", arguments.toArray(String[]::new));
  }

  /** Prints the commands for use after the run. */
  void afterwards(PrintWriter out, boolean canGoOn) {
    out.println();
    print(out, "model.sh", "show", shown(directory.snapshots()));
    print(
        out,
        "model.sh",
        "export",
        shown(directory.snapshots()),
        "--format",
        "onnx",
        "--output",
        shown(directory.root().resolve("encoder.onnx")));
    if (canGoOn) {
      out.println("  # resumes this run, with the same cameras and options");
      print(
          out,
          "local.sh",
          Stream.concat(Stream.of("--resume", "--output", shown(directory.root())), again.stream())
              .toArray(String[]::new));
    }
    out.flush();
  }

  private void print(PrintWriter out, String script, String... arguments) {
    out.println(
        "  "
            + Stream.concat(Stream.of(shown(scripts.resolve(script))), Stream.of(arguments))
                .map(RunCommands::quoted)
                .collect(Collectors.joining(" ")));
  }

  /** A relative path if the file is below the user's current directory. */
  private String shown(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    return whole.startsWith(here) && !whole.equals(here)
        ? here.relativize(whole).toString()
        : whole.toString();
  }

  /** The word quoted for a shell. */
  static String quoted(String word) {
    return word.matches("[\\p{L}\\p{N}_./:=,@%+-]+")
        ? word
        : "'" + word.replace("'", "'\\''") + "'";
  }
}
