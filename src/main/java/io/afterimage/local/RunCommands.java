package io.afterimage.local;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands that a person can paste into another terminal: they name the scripts, the broker and the
 * files of this run as they are meant from where the run was started.
 */
public final class RunCommands {
  private final Path scripts;
  private final Path here;
  private final RunDirectory directory;

  /**
   * @param project the directory that holds {@code jobs/}
   * @param here where the person stands
   */
  public RunCommands(Path project, Path here, RunDirectory directory) {
    this.scripts = project.resolve("jobs");
    this.here = here;
    this.directory = directory;
  }

  /**
   * What can be asked of the run while it goes on.
   *
   * @param example a frame that was embedded, and whose picture is {@link RunDirectory#example}
   */
  void whileItRuns(PrintWriter out, String bootstrapServers, ExampleFrame example) {
    String index = shown(directory.index());
    out.println();
    out.println("While this run goes on, in another terminal:");
    out.println("  # frames like the one that a camera took at a time");
    print(
        out,
        "search.sh",
        "--bootstrap-servers",
        bootstrapServers,
        "--index",
        index,
        "--camera",
        example.camera(),
        "--at",
        Instant.ofEpochMilli(example.captureMillis()).toString(),
        "--sheet",
        shown(directory.root().resolve("search.png")));
    out.println("  # frames like a picture");
    print(
        out,
        "search.sh",
        "--bootstrap-servers",
        bootstrapServers,
        "--index",
        index,
        "--like",
        shown(directory.example()),
        "--snapshots",
        shown(directory.snapshots()),
        "--sheet",
        shown(directory.root().resolve("search.png")));
    out.println("  # the page to watch, once more");
    print(out, "page.sh", "--bootstrap-servers", bootstrapServers, "--port", "0");
    out.println("  # the newest encoder");
    print(out, "model.sh", "show", shown(directory.snapshots()));
    out.println();
    out.flush();
  }

  /** What can be done with what the run left. */
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
      out.println("  # goes on from here, with the cameras and options of this run");
      print(out, "local.sh", "--resume", "--output", shown(directory.root()));
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

  /** Short where the person stands above it. */
  private String shown(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    return whole.startsWith(here) && !whole.equals(here)
        ? here.relativize(whole).toString()
        : whole.toString();
  }

  /** As a shell reads it back. */
  static String quoted(String word) {
    return word.matches("[\\p{L}\\p{N}_./:=,@%+-]+")
        ? word
        : "'" + word.replace("'", "'\\''") + "'";
  }
}
