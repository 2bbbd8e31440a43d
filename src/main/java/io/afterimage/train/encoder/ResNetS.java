package io.afterimage.train.encoder;

import io.afterimage.frame.Frame;
import io.afterimage.train.optimize.Adam;
import io.afterimage.train.optimize.Optimizer;
import io.afterimage.train.optimize.OptimizerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The encoder {@code resnet-s}, on ND4J: a small residual network (He et al., CVPR 2016,
 * arXiv:1512.03385) for small frames.
 *
 * <pre>
 * (N, S, S, 3) -> 3x3, W -> stage 1: W -> stage 2: 2W, half the side -> stage 3: 4W, half the side
 *   -> stage 4: 8W, half the side -> mean over the frame -> 8W -> ReLU -> D
 * </pre>
 *
 * <p>A stage is {@code depth} blocks of two 3x3 convolutions and a shortcut, which is a 1x1
 * convolution if shapes differ.
 *
 * <p>For training on a CPU, a mini-batch is divided into one shard of frames per core, and each
 * shard passes through all layers independently. Gradients are summed in the shards' order.
 */
public final class ResNetS implements Encoder {
  /** The name in {@link EncoderSettings#architecture}. */
  public static final String NAME = "resnet-s";

  /** Least frames per shard: with eight or fewer, convolutions use slower code. */
  private static final int LEAST_SHARD = 16;

  private final EncoderSettings settings;
  private final int frames;
  private final ParameterVector parameters;
  private final List<ParameterVector> shardParameters = new ArrayList<>();
  private final List<Shard> shards = new ArrayList<>();
  private final List<Runnable> gradientSums = new ArrayList<>(); // one for each part of the vector
  private final ShardThreads threads;

  private ResNetS(
      EncoderSettings settings,
      int frames,
      int shardCount,
      long seed,
      boolean training,
      DataType type) {
    this.settings = settings;
    this.frames = frames;
    parameters = new ParameterVector(ResNetSParameters.of(settings), type, training);
    Initialization initialization = new Initialization(seed);
    for (Parameter parameter : parameters.parameters()) {
      write(parameter.name(), initialization.values(parameter));
    }
    int each = frames / shardCount;
    for (int i = 0; i < shardCount; i++) {
      ParameterVector own = i == 0 ? parameters : parameters.withOwnGradients();
      if (i > 0) {
        shardParameters.add(own);
      }
      shards.add(new Shard(settings, own, i * each, each, training, type));
    }
    threads = new ShardThreads(shardCount);
    for (int i = 0; i < shardCount && shardCount > 1; i++) {
      gradientSums.add(gradientSum(i, shardCount));
    }
  }

  /** Adds one part of all shards' gradients to the first shard's. */
  private Runnable gradientSum(int part, int parts) {
    INDArray all = parameters.trainedGradients();
    INDArrayIndex interval =
        NDArrayIndex.interval(all.length() * part / parts, all.length() * (part + 1) / parts);
    INDArray sum = all.get(interval);
    List<NativeOp> additions =
        shardParameters.stream()
            .map(own -> NativeOp.of("add", sum, sum, own.trainedGradients().get(interval)))
            .toList();
    return () -> additions.forEach(NativeOp::run);
  }

  /**
   * An encoder for training, initialized from a seed.
   *
   * @param frames frames N of a mini-batch
   */
  public static ResNetS forTraining(EncoderSettings settings, int frames, long seed) {
    Processor.require();
    return forTraining(settings, frames, seed, DataType.FLOAT);
  }

  static ResNetS forTraining(EncoderSettings settings, int frames, long seed, DataType type) {
    return forTraining(settings, frames, shards(settings, frames), seed, type);
  }

  static ResNetS forTraining(
      EncoderSettings settings, int frames, int shards, long seed, DataType type) {
    return new ResNetS(settings, frames, shards, seed, true, type);
  }

  /** One shard per core, unless the normalization mixes frames. */
  private static int shards(EncoderSettings settings, int frames) {
    int count = 1;
    if (Nd4j.getEnvironment().isCPU() && settings.normalization() != Normalization.BATCH) {
      for (int each = 2; each <= Backend.threads() && frames / each >= LEAST_SHARD; each++) {
        count = frames % each == 0 ? each : count;
      }
    }
    return count;
  }

  /**
   * An encoder for inference, without gradients; its parameters have to be set.
   *
   * @param frames frames N of a mini-batch
   */
  public static ResNetS forInference(EncoderSettings settings, int frames) {
    Processor.require();
    return new ResNetS(settings, frames, 1, 0, false, DataType.FLOAT);
  }

  /** Names and shapes of an encoder's parameters, in their order, without building it. */
  public static List<Parameter> parameters(EncoderSettings settings) {
    return ResNetSParameters.of(settings);
  }

  @Override
  public EncoderSettings settings() {
    return settings;
  }

  @Override
  public int frames() {
    return frames;
  }

  @Override
  public void forward(byte[] input, float[] output) {
    requireLength("pixels", frames * Frame.bytes(settings.frameSize()), input.length);
    requireLength("projections", frames * settings.embeddingSize(), output.length);
    run(shard -> shard.forward(input, output));
  }

  @Override
  public void backward(float[] gradient) {
    requireLength("gradient", frames * settings.embeddingSize(), gradient.length);
    run(shard -> shard.backward(gradient));
    threads.run(gradientSums);
  }

  @Override
  public void updateAverages() {
    run(Shard::updateAverages);
  }

  private void run(Consumer<Shard> work) {
    threads.run(shards.stream().<Runnable>map(shard -> () -> work.accept(shard)).toList());
  }

  private static void requireLength(String name, int expected, int given) {
    if (given != expected) {
      throw new IllegalArgumentException(
          "%s must have %d values, but had %d".formatted(name, expected, given));
    }
  }

  /**
   * Replaces each layer, for example by one that measures it.
   *
   * @return the number of shards, each with its own layers
   */
  int replaceLayers(UnaryOperator<Layer> replacement) {
    shards.forEach(shard -> shard.replaceLayers(replacement));
    return shards.size();
  }

  @Override
  public List<Parameter> parameters() {
    return parameters.parameters();
  }

  @Override
  public float[] read(String name) {
    return copy(parameters.value(name));
  }

  @Override
  public void write(String name, float[] values) {
    HostTransfer.upload(values, parameters.value(name));
  }

  @Override
  public float[] readGradient(String name) {
    return copy(parameters.trainedGradient(name));
  }

  @Override
  public Optimizer optimizer(OptimizerSettings optimizerSettings) {
    return new Adam(
        parameters.trainedValues(),
        parameters.trainedGradients(),
        parameters.decayedLength(),
        optimizerSettings,
        shards.size(),
        threads);
  }

  private static float[] copy(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    HostTransfer.download(array, values);
    return values;
  }

  @Override
  public void close() {
    threads.close();
    shards.forEach(Shard::close);
    shardParameters.forEach(ParameterVector::close);
    parameters.close();
  }
}
