package io.afterimage.encoder;

import io.afterimage.frame.Frame;
import io.afterimage.optimize.Adam;
import io.afterimage.optimize.Optimizer;
import io.afterimage.optimize.OptimizerSettings;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The encoder {@code resnet-s}, on ND4J: a small residual network (He et al., CVPR 2016,
 * arXiv:1512.03385) for small frames.
 *
 * <pre>
 * (N, S, S, 3) -> 3x3, W -> stage 1: W -> stage 2: 2W, half the side -> stage 3: 4W, half the side
 *   -> stage 4: 8W, half the side -> mean over the frame -> 8W -> rectifier -> D
 * </pre>
 *
 * <p>A stage is {@code depth} blocks of two 3x3 convolutions and a shortcut, which is a 1x1
 * convolution where shapes differ.
 */
public final class ResNetS implements Encoder {
  /** The name in {@link EncoderSettings#architecture}. */
  public static final String NAME = "resnet-s";

  private final EncoderSettings settings;
  private final int frames;
  private final Buffers buffers;
  private final ParameterVector parameters;
  private final INDArray staged; // (N, S, S, 3) unsigned bytes
  private final INDArray pixels; // (N, S, S, 3) in [0, 1]
  private final Tensor projections; // (N, D)
  private final List<Layer> layers;

  private ResNetS(
      EncoderSettings settings, int frames, long seed, boolean training, DataType type) {
    this.settings = settings;
    this.frames = frames;
    buffers = new Buffers(type, training);
    parameters = new ParameterVector(ResNetSParameters.of(settings), type, training);
    Initialization initialization = new Initialization(seed);
    for (Parameter parameter : parameters.parameters()) {
      write(parameter.name(), initialization.values(parameter));
    }
    int side = settings.frameSize();
    staged = buffers.array(DataType.UINT8, frames, side, side, Frame.CHANNELS);
    pixels = buffers.array(frames, side, side, Frame.CHANNELS);
    ResNetSLayers built =
        new ResNetSLayers(settings, parameters, buffers, new Tensor(pixels, null));
    projections = built.projections();
    layers = built.layers();
  }

  /**
   * An encoder that can be trained, at its start for a seed.
   *
   * @param frames frames N of a mini-batch
   */
  public static ResNetS forTraining(EncoderSettings settings, int frames, long seed) {
    return forTraining(settings, frames, seed, DataType.FLOAT);
  }

  static ResNetS forTraining(EncoderSettings settings, int frames, long seed, DataType type) {
    return new ResNetS(settings, frames, seed, true, type);
  }

  /**
   * An encoder that only goes forward and holds no gradients; its parameters are to be written.
   *
   * @param frames frames N of a mini-batch
   */
  public static ResNetS forInference(EncoderSettings settings, int frames) {
    return new ResNetS(settings, frames, 0, false, DataType.FLOAT);
  }

  /** Names and shapes of the parameters, in their order, of an encoder that need not be built. */
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
    HostTransfer.upload(input, staged);
    pixels.assign(staged);
    pixels.divi(255);
    for (Layer layer : layers) {
      layer.forward();
    }
    HostTransfer.download(projections.value(), output);
  }

  @Override
  public void backward(float[] gradient) {
    HostTransfer.upload(gradient, projections.trainedGradient());
    for (int i = layers.size() - 1; i >= 0; i--) {
      layers.get(i).backward();
    }
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
        optimizerSettings);
  }

  private static float[] copy(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    HostTransfer.download(array, values);
    return values;
  }

  @Override
  public void close() {
    buffers.close();
    parameters.close();
  }
}
