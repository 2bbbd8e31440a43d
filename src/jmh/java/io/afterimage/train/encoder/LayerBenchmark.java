package io.afterimage.train.encoder;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Each kind of layer, forward and backward, as one shard runs it: 64 frames on one native thread.
 * Shapes are those of the first stage (64 x 32 x 32 x 32), where a layer has no others.
 *
 * <pre>
 *   mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 *   java -cp target/classes:target/test-classes:$(cat target/classpath) org.openjdk.jmh.Main LayerBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LayerBenchmark {
  private static final int FRAMES = 64;
  private static final int SIDE = 32;
  private static final int CHANNELS = 32;
  private static final int FEATURES = 256;

  /** Kinds of layer. */
  public enum Kind {
    STEM_CONVOLUTION,
    CONVOLUTION,
    STRIDED_CONVOLUTION,
    POINTWISE_CONVOLUTION,
    GROUP_NORMALIZATION,
    BATCH_NORMALIZATION,
    WEIGHT_STANDARDIZATION,
    RECTIFIER,
    ADDITION_FORWARD,
    BIAS,
    POOLING,
    LINEAR
  }

  @Param public Kind kind;

  private final Buffers buffers = new Buffers(DataType.FLOAT, true);
  private Layer layer;

  @Setup
  public void build() {
    Backend.useThreads(1);
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    layer = layer();
    layer.forward();
  }

  private Layer layer() {
    Tensor x = random(FRAMES, SIDE, SIDE, CHANNELS);
    Tensor y = random(FRAMES, SIDE, SIDE, CHANNELS);
    Tensor half = random(FRAMES, SIDE / 2, SIDE / 2, 2 * CHANNELS);
    Tensor gain = random(CHANNELS);
    Tensor bias = random(CHANNELS);
    Tensor kernel = random(3, 3, CHANNELS, CHANNELS);
    return switch (kind) {
      case STEM_CONVOLUTION ->
          new StemConvolution(
              random(FRAMES, SIDE, SIDE, 3).value(), y, random(3, 3, 3, CHANNELS), buffers);
      case CONVOLUTION -> new Convolution(x, y, kernel, 1, buffers);
      case STRIDED_CONVOLUTION ->
          new Convolution(x, half, random(3, 3, CHANNELS, 2 * CHANNELS), 2, buffers);
      case POINTWISE_CONVOLUTION ->
          new PointwiseConvolution(x, half, random(1, 1, CHANNELS, 2 * CHANNELS), 2, buffers);
      case GROUP_NORMALIZATION -> groupNormalization(x, y, gain, bias);
      case BATCH_NORMALIZATION ->
          new BatchNormalization(
              x,
              y,
              gain.value(),
              bias.value(),
              buffers.array(CHANNELS),
              buffers.filled(1, CHANNELS),
              new AffineGradient(x, gain, bias, buffers).means(new Slice(0, FRAMES)),
              new Scratch(x.value().length(), buffers),
              buffers);
      case WEIGHT_STANDARDIZATION ->
          new WeightStandardization(
              kernel, gain, random(3, 3, CHANNELS, CHANNELS), ResNetSLayers.scale("x"), buffers);
      case RECTIFIER -> new Rectifier(x, new Scratch(x.value().length(), buffers));
      case ADDITION_FORWARD -> Addition.ofValues(x.value(), y.value());
      case BIAS -> new Bias(x, bias, buffers);
      case POOLING -> new GlobalAveragePooling(x, random(FRAMES, CHANNELS), buffers);
      case LINEAR ->
          new Linear(
              random(FRAMES, FEATURES), random(FRAMES, FEATURES), random(FEATURES, FEATURES));
    };
  }

  private Layer groupNormalization(Tensor x, Tensor y, Tensor gain, Tensor bias) {
    AffineGradient affine = new AffineGradient(x, gain, bias, buffers);
    ActivationNormalization.Averaging averaging =
        ActivationNormalization.Averaging.groups(ResNetSLayers.GROUPS, buffers);
    Scratch scratch = new Scratch(x.value().length(), buffers);
    long framesOfSlice = ResNetSLayers.SLICE / (x.value().length() / FRAMES);
    return new Slices(
        FRAMES,
        framesOfSlice,
        slice ->
            List.of(
                new ActivationNormalization(
                    slice.of(x),
                    slice.of(y),
                    gain.value(),
                    bias.value(),
                    affine.means(slice),
                    averaging,
                    scratch,
                    buffers)));
  }

  private Tensor random(long... shape) {
    Tensor tensor = buffers.tensor(shape);
    for (INDArray array : new INDArray[] {tensor.value(), tensor.trainedGradient()}) {
      try (INDArray values = Nd4j.randn(DataType.FLOAT, shape)) {
        array.assign(values);
      }
    }
    return tensor;
  }

  @Benchmark
  public void forward() {
    layer.forward();
  }

  @Benchmark
  public void backward() {
    layer.backward();
  }

  @TearDown
  public void free() {
    buffers.close();
  }
}
