package io.afterimage.cli.model;

import io.afterimage.terminal.ShortErrors;
import io.afterimage.terminal.ShortFailures;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line for encoder snapshots. */
@Command(
    name = "model.sh",
    sortOptions = false,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Inspects, exports and applies encoder snapshots.",
    subcommands = {
      ListCommand.class,
      ShowCommand.class,
      VerifyCommand.class,
      ExportCommand.class,
      EmbedCommand.class,
      CompareCommand.class
    },
    footer = {
      "",
      "A SNAPSHOT is a registry's directory (snapshot.directory of the job; selects its latest version), a version's directory in it, a weights file encoder.afim, or an exported .npz. "
          + "Paths are local or of any file system that Flink knows, like hdfs://host/path; for one "
          + "that comes as a plugin, set FLINK_PLUGINS_DIR.",
      "",
      "Exit code: 0 on success, 1 when a snapshot or an image could not be used, 2 when an "
          + "option is wrong.",
    })
public final class ModelMain implements Runnable {
  static final int FAILED = 1;

  @Spec private @Nullable CommandSpec spec;

  @CommandLine.Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  private ModelMain() {}

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    int status = commandLine(out, err).execute(args);
    // Exits without waiting for threads of native libraries.
    System.exit(status);
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new ModelMain())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new ShortErrors("model.sh"))
        .setExecutionExceptionHandler(
            new ShortFailures(
                "model.sh", List.of(IOException.class, IllegalArgumentException.class)));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
