package io.afterimage.learn;

import io.afterimage.encoder.NativeMemory;
import io.afterimage.encoder.Normalization;
import java.util.Locale;

/**
 * Memory after the tenth step and after the last of many: what a step touches is allocated once.
 *
 * <pre>
 *   java -Xmx256m -cp target/classes:target/test-classes:$(cat target/classpath) io.afterimage.learn.StepMemory 10000
 * </pre>
 */
public final class StepMemory {
  private static final int SETTLED = 10;

  private StepMemory() {}

  public static void main(String[] args) {
    int steps = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    LearnerSettings settings = Workload.settings(Normalization.GROUP, 8, 16, 8, 2);
    MiniBatch batch = Workload.batch(settings);
    try (Learner learner = new Learner(settings)) {
      for (int i = 1; i <= steps; i++) {
        learner.step(batch);
        if (i == SETTLED || i % Math.max(1, steps / 5) == 0) {
          print(i);
        }
      }
    }
  }

  private static void print(int step) {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "step %6d: heap %.1f MiB, process %.1f MiB%n",
        step,
        (runtime.totalMemory() - runtime.freeMemory()) / 0x1p20,
        NativeMemory.processBytes() / 0x1p20);
  }
}
