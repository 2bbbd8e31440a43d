package io.afterimage.cli;

import io.afterimage.lab.evaluation.Conclusion;
import io.afterimage.lab.evaluation.Evaluation;
import io.afterimage.lab.evaluation.EvaluationPlan;
import io.afterimage.lab.evaluation.ScaleChange;
import io.afterimage.terminal.ShortErrors;
import io.afterimage.train.encoder.Normalization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that {@code jobs/evaluate.sh} starts. */
@Command(
    name = "evaluate.sh",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains encoders on labeled streams by several methods and compares them: tables and plots"
          + " in the report's directory, one sentence at the end.",
      "Exit code 0 if the default method's linear probe is, in the mean, not below the biased"
          + " loss's, 1 if it is, 2 if the evaluation could not run.",
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final int BELOW = 1;
  private static final int NOT_DONE = 2;

  @Option(
      names = "--idx",
      paramLabel = "DIR",
      description =
          "Directory of a data set of the MNIST family (train-images-idx3-ubyte[.gz] and so on),"
              + " whose images are the objects. Without it objects are procedural.")
  private @Nullable Path idx;

  @Option(names = "--quick", description = "A small evaluation of some minutes.")
  private boolean quick;

  @Option(
      names = "--streams",
      split = ",",
      paramLabel = "NAME",
      description =
          "Streams, separated by commas: balanced-C, skewed-C and, with procedural"
              + " objects, procedural-C for C classes; one-camera, moving, forty-cameras,"
              + " own-mixes-4, switch-4,"
              + " bright-2, bright-4, regimes-4, regimes-10. Without --streams and --methods"
              + " each stream has the methods that are informative on it.")
  private List<String> streams = List.of();

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "NAME",
      description = "Methods, separated by commas; an unknown one lists all.")
  private List<String> methods = List.of();

  @Option(
      names = "--seeds",
      defaultValue = "1-5",
      paramLabel = "LIST",
      description =
          "Seeds, as numbers and ranges such as 1-3,7 (default: ${DEFAULT-VALUE}). Runs"
              + " may be spread"
              + " over commands that share --out.")
  private String seeds = "";

  @Option(names = "--steps", description = "Steps of each run, instead of the default number.")
  private @Nullable Integer steps;

  @Option(names = "--frame-size", description = "Height and width of a frame (pixels).")
  private @Nullable Integer frameSize;

  @Option(names = "--width", description = "Channels of the encoder's first stage.")
  private @Nullable Integer width;

  @Option(
      names = "--normalization",
      description = "The encoder's normalization: ${COMPLETION-CANDIDATES}.")
  private @Nullable Normalization normalization;

  @Option(
      names = "--parallel",
      description =
          "Runs at a time, each on one thread (default: one per processor). Does not"
              + " change results.")
  private int parallel = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--minutes",
      defaultValue = "600",
      description =
          "Minutes after which no run is started; the same command resumes the evaluation (default:"
              + " ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "target/evaluation",
      description = "Directory of the report (default: ${DEFAULT-VALUE}).")
  private Path report = Path.of("");

  /** Runs the command and leaves the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new EvaluateCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new ShortErrors("evaluate.sh"));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      EvaluationPlan plan =
          EvaluationPlan.of(
              idx,
              quick,
              streams,
              methods,
              new ScaleChange(steps, frameSize, width, normalization),
              seeds,
              parallel,
              Duration.ofMillis(Math.round(minutes * 60_000)),
              report);
      OutputDirectory.make("--out", report);
      // Before the first logger is created.
      System.setProperty("log.file", report.resolve("evaluate.log").toString());
      Conclusion conclusion = new Evaluation(plan, System.err::println).run();
      System.err.println("Report: " + report.resolve("report.md"));
      System.out.println(conclusion.sentence());
      return conclusion.passed() ? 0 : BELOW;
    } catch (IllegalArgumentException | IOException e) {
      System.err.println("evaluate.sh: " + e.getMessage());
      return NOT_DONE;
    }
  }
}
