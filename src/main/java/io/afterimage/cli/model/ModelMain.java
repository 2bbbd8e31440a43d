package io.afterimage.cli.model;

import io.afterimage.terminal.Escapes;
import io.afterimage.terminal.ShortErrors;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the snapshots. */
@Command(
    name = "model.sh",
    sortOptions = false,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks at encoder snapshots, and puts them to use.",
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
      "A SNAPSHOT is a registry's directory (snapshot.directory of the job; its latest version is "
          + "meant), a version's directory in it, a weights file encoder.afim, or an exported .npz. "
          + "Paths are local or of any file system that Flink knows, like hdfs://host/path; for one "
          + "that comes as a plugin, set FLINK_PLUGINS_DIR.",
      "",
      "Exit code: 0 when all is well, 1 when a snapshot or an image could not be used, 2 when an "
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
    // The native libraries' threads need not be waited for.
    System.exit(status);
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new ModelMain())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new ShortErrors("model.sh"))
        .setExecutionExceptionHandler(
            (failure, command, result) -> {
              if (failure instanceof IOException || failure instanceof IllegalArgumentException) {
                command
                    .getErr()
                    .println("model.sh: " + Escapes.shown(String.valueOf(failure.getMessage())));
                return FAILED;
              }
              throw new ExecutionException(command, "unexpected", failure);
            });
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
