package io.afterimage.train.optimize;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Adam (Kingma and Ba, ICLR 2015, arXiv:1412.6980) over one array of all parameters, with linear
 * warm-up, clipping by the gradient's norm, and decoupled weight decay (Loshchilov and Hutter, ICLR
 * 2019, arXiv:1711.05101).
 *
 * <p>The array is divided into parts that are updated in parallel.
 */
public final class Adam implements Optimizer {
  private final OptimizerSettings settings;
  private final INDArray first; // (P)
  private final INDArray second; // (P)
  private final INDArray scratch; // (P)
  private final List<AdamPart> parts = new ArrayList<>();
  private final Parallel parallel;
  private long updates;

  /**
   * @param values {@code (P)} row-major, updated
   * @param gradients {@code (P)}, scaled in place if they are clipped
   * @param decayedLength number of values with weight decay, which come first
   * @param partCount number of parts
   * @param parallel runs the parts
   */
  public Adam(
      INDArray values,
      INDArray gradients,
      int decayedLength,
      OptimizerSettings settings,
      int partCount,
      Parallel parallel) {
    this.settings = settings;
    this.parallel = parallel;
    first = Nd4j.create(values.dataType(), values.length());
    second = Nd4j.create(values.dataType(), values.length());
    scratch = Nd4j.create(values.dataType(), values.length());
    for (int i = 0; i < partCount; i++) {
      long from = values.length() * i / partCount;
      long to = values.length() * (i + 1) / partCount;
      parts.add(
          new AdamPart(
              part(values, from, to),
              part(gradients, from, to),
              part(first, from, to),
              part(second, from, to),
              part(scratch, from, to),
              Math.max(0, Math.min(to, decayedLength) - from)));
    }
  }

  private static INDArray part(INDArray array, long from, long to) {
    return array.get(NDArrayIndex.interval(from, to));
  }

  @Override
  public double gradientNorm() {
    run(AdamPart::squareGradients);
    return Math.sqrt(parts.stream().mapToDouble(AdamPart::squaredGradients).sum());
  }

  @Override
  public void update(double gradientNorm) {
    double clipping = gradientNorm > settings.clipNorm() ? settings.clipNorm() / gradientNorm : 1;
    double rate = learningRate();
    // The correction for moments that start at 0 is part of the rate and epsilon.
    double firstBias = 1 - Math.pow(settings.beta1(), updates + 1);
    double secondBias = Math.sqrt(1 - Math.pow(settings.beta2(), updates + 1));
    AdamPart.Coefficients coefficients =
        new AdamPart.Coefficients(
            clipping,
            1 - settings.beta1(),
            1 - settings.beta2(),
            settings.epsilon() * secondBias,
            rate * secondBias / firstBias,
            rate * settings.weightDecay());
    run(part -> part.update(coefficients));
    updates++;
  }

  private void run(Consumer<AdamPart> work) {
    parallel.run(parts.stream().<Runnable>map(part -> () -> work.accept(part)).toList());
  }

  @Override
  public double learningRate() {
    return settings.warmupSteps() > 0
        ? settings.learningRate() * Math.min(1, (updates + 1.0) / settings.warmupSteps())
        : settings.learningRate();
  }

  @Override
  public long updates() {
    return updates;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(updates);
    FloatArrays.write(first.toFloatVector(), out);
    FloatArrays.write(second.toFloatVector(), out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    updates = in.readLong();
    read(first, in);
    read(second, in);
  }

  private static void read(INDArray array, DataInput in) throws IOException {
    float[] stored = FloatArrays.read(in, Math.toIntExact(array.length()));
    try (INDArray copy = Nd4j.createFromArray(stored)) {
      array.assign(copy);
    }
  }

  @Override
  public void close() {
    first.close();
    second.close();
    scratch.close();
  }
}
