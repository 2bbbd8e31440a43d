package io.afterimage.encoder;

import io.afterimage.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The layers of {@link ResNetS} in the order in which they go forward, over the buffers that they
 * share.
 */
final class ResNetSLayers {
  /** Groups of channels of group normalisation. */
  static final int GROUPS = 8;

  /** What brings the rectified half of a normal distribution back to variance 1. */
  private static final double RECTIFIER_SCALE = Math.sqrt(2 / (1 - 1 / Math.PI));

  /** What brings pixels in [0, 1] to a variance of about 1. */
  private static final double PIXEL_SCALE = 4;

  private final EncoderSettings settings;
  private final ParameterVector parameters;
  private final Buffers buffers;
  private final INDArray scratch; // as large as the largest activation
  private final List<Layer> layers = new ArrayList<>();
  private final Tensor projections;

  ResNetSLayers(
      EncoderSettings settings, ParameterVector parameters, Buffers buffers, Tensor pixels) {
    this.settings = settings;
    this.parameters = parameters;
    this.buffers = buffers;
    scratch = buffers.array(pixels.size(0) * pixels.size(1) * pixels.size(2) * settings.width());
    projections = network(pixels);
  }

  /** The stride of a block's first convolution and of its shortcut. */
  static int stride(int stage, int block) {
    return stage > 1 && block == 1 ? 2 : 1;
  }

  /** What keeps the variance of a convolution's output near 1 where nothing normalises it. */
  static double scale(String convolution) {
    if (convolution.equals("stem")) {
      return PIXEL_SCALE;
    }
    // A block's sum shares out its variance between its two summands.
    return convolution.endsWith(".first") ? RECTIFIER_SCALE : RECTIFIER_SCALE / Math.sqrt(2);
  }

  List<Layer> layers() {
    return layers;
  }

  Tensor projections() {
    return projections;
  }

  private Tensor network(Tensor pixels) {
    Tensor x = activation(pixels, 1, settings.width());
    convolution("stem", pixels, x, false);
    layers.add(new Rectifier(x));
    for (int stage = 1; stage <= ResNetSParameters.STAGES; stage++) {
      int channels = settings.width() << (stage - 1);
      for (int block = 1; block <= settings.depth(); block++) {
        x = block("stage%d.block%d.".formatted(stage, block), x, stride(stage, block), channels);
      }
    }
    long frames = x.size(0);
    long channels = x.size(3);
    Tensor pooled = buffers.tensor(frames, channels);
    layers.add(new GlobalAveragePooling(x, pooled, buffers));
    Tensor hidden = buffers.tensor(frames, channels);
    linear("hidden", pooled, hidden);
    layers.add(new Rectifier(hidden));
    Tensor output = buffers.tensor(frames, settings.embeddingSize());
    linear("projection", hidden, output);
    return output;
  }

  /** Two convolutions and a shortcut around them. */
  private Tensor block(String name, Tensor x, int stride, int channels) {
    Tensor middle = activation(x, stride, channels);
    Tensor y = activation(x, stride, channels);
    Tensor shortcut = x;
    boolean projected = stride != 1 || x.size(3) != channels;
    if (projected) {
      // The sum's gradient is the gradient of both summands.
      shortcut = new Tensor(buffers.array(y.value().shape()), y.gradient());
      Tensor copy =
          new Tensor(x.value(), buffers.training() ? buffers.array(x.value().shape()) : null);
      if (buffers.training()) {
        layers.add(Addition.ofGradients(x.trainedGradient(), copy.trainedGradient()));
      }
      convolution(name + "shortcut", copy, shortcut, false);
    } else if (buffers.training()) {
      layers.add(Addition.ofGradients(x.trainedGradient(), y.trainedGradient()));
    }
    convolution(name + "first", x, middle, false);
    layers.add(new Rectifier(middle));
    convolution(name + "second", middle, y, true);
    layers.add(Addition.ofValues(y.value(), shortcut.value()));
    layers.add(new Rectifier(y));
    return y;
  }

  /**
   * A convolution and what keeps its output in scale.
   *
   * @param gradientKept whether the output's gradient is needed after this went back
   */
  private void convolution(String name, Tensor x, Tensor y, boolean gradientKept) {
    Tensor kernel = parameters.tensor(name + ".kernel");
    Tensor gain = parameters.tensor(name + ".gain");
    Tensor bias = parameters.tensor(name + ".bias");
    int stride = Math.toIntExact((x.size(1) + y.size(1) - 1) / y.size(1));
    if (settings.normalization() == Normalization.WEIGHT) {
      Tensor standardized = buffers.tensor(kernel.value().shape());
      layers.add(new WeightStandardization(kernel, gain, standardized, scale(name), buffers));
      layers.add(convolution(x, y, standardized, stride));
      layers.add(new Bias(y, bias, buffers));
      return;
    }
    long[] shape = y.value().shape();
    Tensor z =
        new Tensor(
            buffers.array(shape),
            gradientKept && buffers.training() ? buffers.array(shape) : y.gradient());
    layers.add(convolution(x, z, kernel, stride));
    INDArray room = room(shape);
    layers.add(
        settings.normalization() == Normalization.BATCH
            ? new BatchNormalization(
                z,
                y,
                gain,
                bias,
                parameters.value(name + ".mean"),
                parameters.value(name + ".variance"),
                room,
                buffers)
            : new ActivationNormalization(
                z,
                y,
                gain,
                bias,
                ActivationNormalization.Averaging.groups(
                    GROUPS, Math.toIntExact(y.size(3)), buffers),
                room,
                buffers));
  }

  /** The cheapest layer that convolves so. */
  private Layer convolution(Tensor x, Tensor y, Tensor kernel, int stride) {
    if (x.size(3) == Frame.CHANNELS) {
      return new StemConvolution(x.value(), y, kernel, room(y.value().shape()));
    }
    return kernel.size(0) == 1
        ? new PointwiseConvolution(x, y, kernel, stride, buffers)
        : new Convolution(x, y, kernel, stride, buffers);
  }

  /** Scratch memory of some shape; every layer may overwrite it. */
  private INDArray room(long... shape) {
    long length = 1;
    for (long side : shape) {
      length *= side;
    }
    return scratch.get(NDArrayIndex.interval(0, length)).reshape('c', shape);
  }

  private void linear(String name, Tensor x, Tensor y) {
    layers.add(new Linear(x, y, parameters.tensor(name + ".kernel")));
    layers.add(new Bias(y, parameters.tensor(name + ".bias"), buffers));
  }

  private Tensor activation(Tensor input, int stride, int channels) {
    long height = (input.size(1) + stride - 1) / stride;
    long width = (input.size(2) + stride - 1) / stride;
    return buffers.tensor(input.size(0), height, width, channels);
  }
}
