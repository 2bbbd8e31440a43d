package io.afterimage.train;

import io.afterimage.train.encoder.Backend;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.Parameter;
import io.afterimage.train.encoder.ResNetS;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The distance of a step from the machine's peak performance (Williams, Waterman, Patterson,
 * "Roofline", CACM 2009): each layer's operations at the speed of matrix products, or its bytes at
 * the speed of a copy, whichever takes longer.
 *
 * <p>Operations are counted from the layers' shapes, as direct convolutions have them. Bytes are
 * those of activations, gradients and parameters when a convolution, and a normalization with what
 * follows it, each read and write every array once. Both speeds are measured in the same run, on
 * all cores, each with its own product or copy, as shards have it.
 *
 * <pre>
 *   mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 *   java -cp target/classes:target/test-classes:$(cat target/classpath) io.afterimage.train.Roofline --help
 * </pre>
 */
@Command(name = "roofline", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class Roofline implements Callable<Integer> {
  private static final int PRODUCT = 1024;
  private static final int COPIED = 16 << 20; // values: beyond the caches
  private static final int TRIES = 12;

  /** Winograd's algorithm for 4x4 outputs multiplies 36 times where a direct one does 144 times. */
  private static final double WINOGRAD = 36.0 / 144;

  /**
   * The work of one layer.
   *
   * @param operations multiplications and additions
   * @param winograd of them, where Winograd's algorithm applies
   * @param bytes read and written
   */
  private record Need(String name, double operations, double winograd, double bytes) {}

  @Option(names = "--groups", defaultValue = "64", description = "groups of a mini-batch")
  int groups;

  @Option(names = "--views", defaultValue = "2", description = "views of a group")
  int views;

  @Option(names = "--size", defaultValue = "32", description = "height and width of a frame")
  int size;

  @Option(names = "--width", defaultValue = "32", description = "channels of the first stage")
  int width;

  @Option(names = "--steps", defaultValue = "16", description = "steps to measure")
  int steps;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Roofline()).execute(args));
  }

  @Override
  public Integer call() {
    LearnerSettings settings = Workload.settings(Normalization.GROUP, width, size, groups, views);
    double step = medianStep(settings);
    double product = productSpeed();
    double copy = copySpeed();
    List<Need> needs = needs(settings);
    double operations = needs.stream().mapToDouble(Need::operations).sum();
    double bytes = needs.stream().mapToDouble(Need::bytes).sum();
    System.out.printf(
        Locale.ROOT,
        "resnet-s width %d, %d images %dx%d: %.1f GFLOP and %.2f GB a step%n",
        width,
        groups * views,
        size,
        size,
        operations / 1e9,
        bytes / 1e9);
    System.out.printf(
        Locale.ROOT,
        "measured: matrix products %.0f GFLOP/s, copies %.1f GB/s (read and written), step %.0f ms,"
            + " %.0f GFLOP/s%n",
        product / 1e9,
        copy / 1e9,
        step * 1e3,
        operations / step / 1e9);
    double bound = 0;
    double fast = 0;
    for (Need need : needs) {
      double moved = need.bytes() / copy;
      bound += Math.max(need.operations() / product, moved);
      fast += Math.max((need.operations() - (1 - WINOGRAD) * need.winograd()) / product, moved);
    }
    System.out.printf(
        Locale.ROOT,
        "roofline with direct convolutions %.0f ms: the step takes %.2f times that%n",
        bound * 1e3,
        step / bound);
    System.out.printf(
        Locale.ROOT,
        "roofline with Winograd's multiplications for 3x3 of stride 1, its transforms for nothing"
            + " %.0f ms: the step takes %.2f times that%n",
        fast * 1e3,
        step / fast);
    return 0;
  }

  private List<Need> needs(LearnerSettings settings) {
    List<Need> needs = new ArrayList<>();
    double frames = (double) groups * views;
    double parameters = 0;
    int side = size;
    for (Parameter parameter : ResNetS.parameters(settings.encoder())) {
      parameters += parameter.length();
      if (!parameter.name().endsWith(".kernel")) {
        continue;
      }
      long[] shape = parameter.shape();
      String name = parameter.name().substring(0, parameter.name().lastIndexOf('.'));
      if (shape.length == 2) {
        needs.add(product(name, frames, shape[0], shape[1]));
        continue;
      }
      boolean halved = name.matches("stage[2-9]\\.block1\\.(first|shortcut)");
      int input = halved && name.endsWith("shortcut") ? 2 * side : side;
      int output = halved && name.endsWith("first") ? (side + 1) / 2 : side;
      needs.addAll(convolution(name, frames, input, output, shape));
      side = output;
    }
    // Gradient read; value and both moments read and written.
    needs.add(new Need("update", 12 * parameters, 0, 7 * parameters * Float.BYTES));
    return needs;
  }

  /** A linear layer: forward, and two gradients of as many operations. */
  private static Need product(String name, double rows, long inputs, long outputs) {
    double values = rows * inputs + rows * outputs + (double) inputs * outputs;
    return new Need(name, 3 * 2 * rows * inputs * outputs, 0, 3 * values * Float.BYTES);
  }

  private static List<Need> convolution(
      String name, double frames, int input, int output, long[] shape) {
    boolean stem = name.equals("stem");
    double x = frames * input * input * shape[2];
    double y = frames * output * output * shape[3];
    int passes = stem ? 2 : 3; // nobody asks for the gradient of pixels
    double operations = passes * 2 * y * shape[0] * shape[1] * shape[2];
    boolean winograd = !stem && shape[0] == 3 && input == output;
    boolean second = name.endsWith("second");
    // Forward: read, write, and the sum's other summand. Backward: input, output and its gradient
    // read, gradient written; at the sum, the shortcut's gradient read and added.
    double activations = y * (6 + (second ? 3 : 0));
    return List.of(
        new Need(name, operations, winograd ? operations : 0, passes * (x + y) * Float.BYTES),
        new Need(name + ".norm", 20 * y, 0, activations * Float.BYTES));
  }

  private double medianStep(LearnerSettings settings) {
    MiniBatch batch = Workload.batch(settings);
    double[] seconds = new double[steps];
    try (Learner learner = new Learner(settings)) {
      for (int i = -4; i < steps; i++) {
        PreparedBatch prepared = learner.prepare(batch, learner.steps() + 1);
        long start = System.nanoTime();
        learner.step(prepared);
        if (i >= 0) {
          seconds[i] = (System.nanoTime() - start) / 1e9;
        }
      }
    }
    Arrays.sort(seconds);
    return seconds[steps / 2];
  }

  /** Floating-point operations a second, all cores together. */
  private static double productSpeed() {
    return onAllCores(
        2.0 * PRODUCT * PRODUCT * PRODUCT,
        () -> {
          INDArray a = Nd4j.rand(DataType.FLOAT, PRODUCT, PRODUCT);
          INDArray b = Nd4j.rand(DataType.FLOAT, PRODUCT, PRODUCT);
          INDArray c = Nd4j.create(DataType.FLOAT, PRODUCT, PRODUCT);
          CustomOp op = DynamicCustomOp.builder("matmul").addInputs(a, b).addOutputs(c).build();
          return () -> Nd4j.exec(op);
        });
  }

  /** Bytes read and written a second, all cores together. */
  private static double copySpeed() {
    return onAllCores(
        2.0 * COPIED * Float.BYTES,
        () -> {
          INDArray from = Nd4j.rand(DataType.FLOAT, COPIED);
          INDArray to = Nd4j.create(DataType.FLOAT, COPIED);
          return () -> to.assign(from);
        });
  }

  /** The rate of all cores running in parallel, each in its best try. */
  private static double onAllCores(double amount, Supplier<Runnable> work) {
    int cores = Runtime.getRuntime().availableProcessors();
    ExecutorService threads = Executors.newFixedThreadPool(cores);
    try {
      List<CompletableFuture<Double>> speeds = new ArrayList<>();
      for (int i = 0; i < cores; i++) {
        speeds.add(CompletableFuture.supplyAsync(() -> amount / best(work.get()), threads));
      }
      return speeds.stream().mapToDouble(CompletableFuture::join).sum();
    } finally {
      threads.shutdown();
    }
  }

  /** Seconds of the best of some tries. */
  private static double best(Runnable work) {
    Backend.useThreads(1);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      work.run();
      least = Math.min(least, System.nanoTime() - start);
    }
    return least / 1e9;
  }
}
