package io.afterimage.train;

import io.afterimage.train.encoder.LayerClock;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.ResNetS;
import io.afterimage.train.prior.PriorEstimators;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The time of whole steps, by phase and by kind of layer; {@code jobs/benchmark.sh} sets it against
 * PyTorch's.
 *
 * <p>A step begins with the views of a mini-batch side by side in memory and ends with the updated
 * weights. Views are laid there, and changed, while the step before runs.
 *
 * <pre>
 *   mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 *   java -cp target/classes:target/test-classes:$(cat target/classpath) io.afterimage.train.StepTime --help
 * </pre>
 */
@Command(name = "step-time", mixinStandardHelpOptions = true)
public final class StepTime implements Callable<Integer> {
  /** Steps in which buffers are touched for the first time and code is compiled. */
  private static final int WARMUP = 4;

  @Option(names = "--groups", defaultValue = "64", description = "groups of a mini-batch")
  int groups;

  @Option(names = "--views", defaultValue = "2", description = "views of a group")
  int views;

  @Option(names = "--size", defaultValue = "32", description = "height and width of a frame")
  int size;

  @Option(names = "--width", defaultValue = "32", description = "channels of the first stage")
  int width;

  @Option(
      names = "--normalization",
      defaultValue = "GROUP",
      description = "${COMPLETION-CANDIDATES}")
  Normalization normalization;

  @Option(names = "--steps", defaultValue = "16", description = "steps to measure")
  int steps;

  public static void main(String[] args) {
    int code =
        new CommandLine(new StepTime()).setCaseInsensitiveEnumValuesAllowed(true).execute(args);
    System.exit(code);
  }

  @Override
  public Integer call() {
    LearnerSettings settings = Workload.settings(normalization, width, size, groups, views);
    MiniBatch batch = Workload.batch(settings);
    StepPhases[] phases = new StepPhases[steps];
    double[] millis = new double[steps];
    ResNetS encoder = Learner.newEncoder(settings);
    LayerClock clock = new LayerClock(encoder);
    try (Learner learner =
        new Learner(settings, encoder, PriorEstimators.create(settings.prior()), null)) {
      for (int i = -WARMUP; i < steps; i++) {
        if (i == 0) {
          clock.reset();
        }
        PreparedBatch prepared = learner.prepare(batch, learner.steps() + 1);
        long start = System.nanoTime();
        StepReport report = learner.step(prepared);
        if (i >= 0) {
          millis[i] = (System.nanoTime() - start) / 1e6;
          phases[i] = report.phases();
        }
      }
    }
    double mean = Arrays.stream(millis).average().orElseThrow();
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "afterimage resnet-s width %d norm %s %d images %dx%d: step median %.0f ms  min %.0f  max"
            + " %.0f  forward %.1f  loss %.1f  backward %.1f  update %.1f%n",
        width,
        normalization.name().toLowerCase(Locale.ROOT),
        groups * views,
        size,
        size,
        millis[steps / 2],
        millis[0],
        millis[steps - 1],
        median(phases, StepPhases::forward),
        median(phases, StepPhases::loss),
        median(phases, StepPhases::backward),
        median(phases, StepPhases::update));
    printLayers(clock.times(), mean);
    return 0;
  }

  /** Means of a step, and the share of it that is neither a convolution nor a matrix product. */
  private void printLayers(Map<LayerClock.Kind, LayerClock.Times> times, double stepMillis) {
    double products = 0;
    for (Map.Entry<LayerClock.Kind, LayerClock.Times> entry : times.entrySet()) {
      double forward = entry.getValue().forwardNanos() / 1e6 / steps;
      double backward = entry.getValue().backwardNanos() / 1e6 / steps;
      products += entry.getKey().product() ? forward + backward : 0;
      System.out.printf(
          Locale.ROOT,
          "  %-22s forward %6.1f ms  backward %6.1f ms%n",
          entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          forward,
          backward);
    }
    System.out.printf(
        Locale.ROOT,
        "  neither convolution nor matrix product: %.1f ms of %.1f (means), %.1f %%%n",
        stepMillis - products,
        stepMillis,
        100 * (stepMillis - products) / stepMillis);
  }

  private static double median(StepPhases[] phases, ToLongFunction<StepPhases> phase) {
    return Arrays.stream(phases).mapToLong(phase).sorted().toArray()[phases.length / 2] / 1e6;
  }
}
