package io.afterimage.optimize;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Adam (Kingma and Ba, ICLR 2015, arXiv:1412.6980) over one array of all parameters, with linear
 * warm-up, clipping by the gradient's norm, and decoupled weight decay (Loshchilov and Hutter, ICLR
 * 2019, arXiv:1711.05101).
 */
public final class Adam implements Optimizer {
  private final OptimizerSettings settings;
  private final INDArray values; // (P)
  private final INDArray gradients; // (P)
  private final INDArray decayed; // (P') the first of the values
  private final INDArray step; // (P)
  private final INDArray first; // (P)
  private final INDArray second; // (P)
  private final CustomOp op = DynamicCustomOp.builder("adam_updater").build();
  private final OpContext context;
  private long updates;

  /**
   * @param values {@code (P)} row-major, updated
   * @param gradients {@code (P)}, scaled where they are clipped
   * @param decayedLength how many of the values, from the first on, take weight decay
   */
  public Adam(INDArray values, INDArray gradients, int decayedLength, OptimizerSettings settings) {
    this.settings = settings;
    this.values = values;
    this.gradients = gradients;
    decayed = values.get(NDArrayIndex.interval(0, decayedLength));
    step = Nd4j.create(values.dataType(), values.length());
    first = Nd4j.create(values.dataType(), values.length());
    second = Nd4j.create(values.dataType(), values.length());
    context = Nd4j.getExecutioner().buildContext();
    context.setInputArrays(gradients, second, first);
    context.setOutputArrays(step, second, first);
  }

  @Override
  public double gradientNorm() {
    return Math.sqrt(Nd4j.getBlasWrapper().dot(gradients, gradients));
  }

  @Override
  public void update(double gradientNorm) {
    double rate = learningRate();
    if (gradientNorm > settings.clipNorm()) {
      gradients.muli(settings.clipNorm() / gradientNorm);
    }
    // The operation divides by root(v) + epsilon before it corrects v's bias; the paper's algorithm
    // does it after, which is the same with epsilon corrected the other way.
    double correction = Math.sqrt(1 - Math.pow(settings.beta2(), updates + 1));
    context.setTArguments(
        rate, settings.beta1(), settings.beta2(), settings.epsilon() * correction);
    context.setIArguments(updates);
    Nd4j.exec(op, context);
    if (settings.weightDecay() > 0) {
      decayed.muli(1 - rate * settings.weightDecay());
    }
    values.subi(step);
    updates++;
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
    step.close();
    first.close();
    second.close();
  }
}
