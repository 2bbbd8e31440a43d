package io.afterimage.local;

import io.afterimage.gateway.VideoSource;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.page.PageServer;
import io.afterimage.stream.option.BatchOptions;
import io.afterimage.stream.option.EncoderOptions;
import io.afterimage.stream.option.PairingOptions;
import io.afterimage.stream.option.PriorOptions;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.prior.PriorSettings.Estimator;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/** The output of a local run for the user: at its start, during the run, and at its end. */
final class RunText {
  private final LocalSession.Settings settings;
  private final PrintWriter out;

  RunText(LocalSession.Settings settings, PrintWriter out) {
    this.settings = settings;
    this.out = out;
  }

  void earlierRunIsIn(Path directory) {
    out.printf(
        "The earlier run in this directory is kept in %s until you delete it.%n"
            + "(--resume continues a run, --overwrite deletes it.)%n%n",
        directory);
    out.flush();
  }

  /**
   * Prints the start.
   *
   * @param before the step from which the run continues; 0 for a new run
   */
  void describe(EmbeddedKafka kafka, FlinkCluster flink, @Nullable PageServer page, long before)
      throws Exception {
    if (page != null) {
      out.println("Page     " + page.address());
    }
    out.println("Flink    " + flink.webAddress());
    out.println("Metrics  " + flink.metricsAddress());
    out.println("Kafka    " + kafka.bootstrapServers());
    out.println("Cameras  " + cameras());
    out.println("Encoder  " + encoder());
    out.println("Prior    " + prior());
    if (before > 0) {
      out.println(
          settings.directory().wasKilled()
              ? "Resumed  from the last checkpoint; the last of %d steps are repeated"
                  .formatted(before)
              : "Resumed  at step " + before);
    }
    out.println();
    out.flush();
  }

  String cameras() {
    Simulation simulation = settings.simulation();
    return simulation == null
        ? String.join(", ", settings.videos().stream().map(VideoSource::camera).toList())
        : "%d simulated, %d classes, seed %d"
            .formatted(
                simulation.cameras().size(),
                simulation.settings().classes(),
                simulation.settings().seed());
  }

  private String encoder() {
    EncoderSettings encoder = EncoderOptions.settings(settings.options());
    return "%s of width %d, %d x %d pixels to %d dimensions; a step takes %d groups of %d views"
        .formatted(
            encoder.architecture(),
            encoder.width(),
            encoder.frameSize(),
            encoder.frameSize(),
            encoder.embeddingSize(),
            settings.options().get(BatchOptions.GROUPS),
            settings.options().get(PairingOptions.VIEWS));
  }

  private String prior() {
    Configuration options = settings.options();
    double value = options.get(PriorOptions.FIXED);
    return options.get(PriorOptions.ESTIMATOR) == Estimator.FIXED
        ? "tau+ is fixed at %.3f (prior.fixed)".formatted(value)
        : ("tau+ starts at %.3f (prior.fixed) and is estimated from the stream once"
                + " identified, after step %d at the earliest")
            .formatted(value, options.get(PriorOptions.WARMUP_STEPS));
  }

  /** A line on the progress of the run. */
  String line(RunProgress progress, SnapshotJudge judge) {
    StepReport report = progress.newest();
    if (report == null) {
      return "waiting for the first step ...";
    }
    StringBuilder line = new StringBuilder("step %d".formatted(report.step()));
    if (progress.ratesKnown()) {
      line.append(
          "  %.0f frames/s  %.1f steps/s"
              .formatted(progress.recentFramesPerSecond(), progress.recentStepsPerSecond()));
    }
    line.append(
        "  loss %.3f  prior %.3f%s"
            .formatted(progress.lastLoss(), report.prior().value(), standing(report)));
    if (settings.simulation() != null) {
      line.append(
          "  probe %s (untrained %.3f)"
              .formatted(
                  Double.isNaN(judge.accuracy()) ? "-" : "%.3f".formatted(judge.accuracy()),
                  judge.untrainedAccuracy()));
    }
    return line.toString();
  }

  private String standing(StepReport report) {
    if (settings.options().get(PriorOptions.ESTIMATOR) == Estimator.FIXED) {
      return " fixed";
    }
    return report.prior().identified() ? " estimated" : " assumed";
  }

  /** Prints the end. */
  void print(RunSummary summary, RunProgress progress, Path file) {
    out.println();
    out.printf(
        "%d steps, %d frames read, %d rejected, %d groups in %.0f s%n",
        summary.steps(),
        summary.framesRead(),
        summary.framesRejected(),
        summary.groups(),
        summary.seconds());
    if (summary.initialLoss() != null) {
      out.printf(
          "Loss     %.3f -> %.3f (means of the first and last %d steps)%n",
          summary.initialLoss(), summary.finalLoss(), RunProgress.LOSS_STEPS);
    } else if (summary.finalLoss() != null) {
      out.printf(
          "Loss     %.3f (mean of %d steps; the first and the last are compared from %d steps"
              + " on)%n",
          summary.finalLoss(), progress.lastLosses(), 2 * RunProgress.LOSS_STEPS);
    }
    StepReport last = progress.newest();
    if (last != null) {
      out.printf("Prior    %.3f%s%n", last.prior().value(), standing(last));
    }
    if (summary.probeAccuracy() != null) {
      out.printf(
          "Probe    %.3f -> %.3f (held-out scenes classified by their nearest neighbors)%n",
          summary.untrainedProbeAccuracy(), summary.probeAccuracy());
    }
    if (summary.snapshotPath() != null) {
      out.println("Encoder  " + summary.snapshotPath());
    }
    out.println("Summary  " + file);
    out.flush();
  }
}
