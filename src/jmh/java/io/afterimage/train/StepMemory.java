package io.afterimage.train;

import io.afterimage.train.encoder.NativeMemory;
import io.afterimage.train.encoder.Normalization;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Memory after the tenth step and after the last of many: what a step touches is allocated once.
 *
 * <pre>
 *   mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 *   java -Xmx256m -cp target/classes:target/test-classes:$(cat target/classpath) io.afterimage.train.StepMemory --help
 * </pre>
 */
@Command(
    name = "step-memory",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Prints heap in use and native memory after the tenth and the last step.")
public final class StepMemory implements Callable<Integer> {
  private static final int SETTLED = 10;

  @Option(names = "--steps", defaultValue = "10000", description = "how many steps")
  int steps;

  @Option(names = "--groups", defaultValue = "8", description = "groups of a mini-batch")
  int groups;

  @Option(names = "--size", defaultValue = "16", description = "height and width of a frame")
  int size;

  @Option(names = "--width", defaultValue = "8", description = "channels of the first stage")
  int width;

  public static void main(String[] args) {
    System.exit(new CommandLine(new StepMemory()).execute(args));
  }

  @Override
  public Integer call() {
    LearnerSettings settings = Workload.settings(Normalization.GROUP, width, size, groups, 2);
    MiniBatch batch = Workload.batch(settings);
    System.out.printf(
        Locale.ROOT,
        "resnet-s width %d norm group, %d images %dx%d, %d steps%n",
        width,
        2 * groups,
        size,
        size,
        steps);
    try (Learner learner = new Learner(settings)) {
      for (int i = 1; i <= steps; i++) {
        learner.step(batch);
        if (i == SETTLED || i % Math.max(1, steps / 10) == 0) {
          print(i);
        }
      }
    }
    return 0;
  }

  private static void print(int step) {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "step %6d: heap %.1f MiB, native %.1f MiB%n",
        step,
        (runtime.totalMemory() - runtime.freeMemory()) / 0x1p20,
        NativeMemory.outsideHeapBytes() / 0x1p20);
  }
}
