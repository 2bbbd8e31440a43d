package io.afterimage.cli;

import io.afterimage.stream.kafka.KafkaEnds;
import io.afterimage.stream.kafka.NoBrokerException;
import io.afterimage.stream.kafka.StartCheck;
import io.afterimage.stream.option.FlinkSettings;
import io.afterimage.stream.option.InvalidOptionsException;
import io.afterimage.stream.option.OptionTable;
import io.afterimage.stream.option.OptionsReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The deployed job: frames from Kafka, reports to Kafka, snapshots to a file system. */
@Command(
    name = "afterimage",
    sortOptions = false,
    description = "Learns an image encoder from the camera frames in a Kafka topic.")
public final class AfterimageJob implements Callable<Integer> {
  private static final int NO_BROKER = 1;
  private static final int INVALID_OPTIONS = 2;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file of options, such as jobs/afterimage.yaml")
  @Nullable Path file;

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      description = "sets one option; overrides the file")
  Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--check", description = "only checks the options")
  boolean check;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this text")
  boolean help;

  private AfterimageJob() {}

  /**
   * Exits with 2 and a list of all problems if the job cannot start with its options, and with 1 if
   * no broker answers, when a retry may succeed.
   */
  public static void main(String[] args) {
    int status = commandLine().execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new AfterimageJob());
    commandLine
        .getCommandSpec()
        .usageMessage()
        .footer(
            ("%nOptions of the job, for the file and -D. kafka.property.NAME sets property"
                    + " NAME of Kafka's"
                    + " clients, flink.NAME Flink's option NAME; the prefix unchecked. before either"
                    + " passes on an option of an unknown plug-in.%n%n")
                .formatted(),
            OptionTable.help().replace("%", "%%"));
    // A failure of the job itself is reported to the submitter.
    commandLine.setExecutionExceptionHandler(
        (failure, command, result) -> {
          throw failure;
        });
    return commandLine;
  }

  @Override
  public Integer call() throws Exception {
    try {
      Configuration options = OptionsReader.read(file, overrides);
      if (check) {
        return 0;
      }
      StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
      FlinkSettings.configure(environment, options);
      StartCheck.require(options);
      KafkaEnds.pipeline(options).build(environment);
      environment.execute("afterimage");
      return 0;
    } catch (InvalidOptionsException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return INVALID_OPTIONS;
    } catch (NoBrokerException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return NO_BROKER;
    }
  }
}
