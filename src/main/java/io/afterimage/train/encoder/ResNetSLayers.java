package io.afterimage.train.encoder;

import io.afterimage.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The layers of {@link ResNetS} in the order of the forward pass, over shared buffers. */
final class ResNetSLayers {
  /** The number of groups of group normalization. */
  static final int GROUPS = 8;

  /**
   * Most values of a slice, unless a single frame has more; for smaller slices, the overhead per
   * operation dominates.
   */
  static final long SLICE = 3 << 17;

  /** The factor that restores variance 1 after a ReLU of normally distributed values. */
  private static final double RECTIFIER_SCALE = Math.sqrt(2 / (1 - 1 / Math.PI));

  /** The factor that scales pixels in [0, 1] to a variance of about 1. */
  private static final double PIXEL_SCALE = 4;

  private final EncoderSettings settings;
  private final ParameterVector parameters;
  private final Buffers buffers;
  private final Scratch scratch;
  private final List<Layer> layers = new ArrayList<>();
  private final Tensor projections;

  ResNetSLayers(
      EncoderSettings settings, ParameterVector parameters, Buffers buffers, Tensor pixels) {
    this.settings = settings;
    this.parameters = parameters;
    this.buffers = buffers;
    long frame = pixels.size(1) * pixels.size(2) * settings.width();
    long frames = pixels.size(0);
    scratch =
        new Scratch(
            Math.max(framesOfSlice(frames, frame) * frame, Math.min(SLICE, frames * frame)),
            buffers);
    projections = network(pixels);
  }

  /** The stride of a block's first convolution and of its shortcut. */
  static int stride(int stage, int block) {
    return stage > 1 && block == 1 ? 2 : 1;
  }

  /** The factor that keeps the variance of a convolution's output near 1 without normalization. */
  static double scale(String convolution) {
    if (convolution.equals("stem")) {
      return PIXEL_SCALE;
    }
    // The two summands of a block share the variance of the sum.
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
    convolution("stem", pixels, x, null, true);
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
    layers.add(new Rectifier(hidden, new Scratch(frames * channels, buffers)));
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
      convolution(name + "shortcut", copy, shortcut, null, false);
    } else if (buffers.training()) {
      layers.add(Addition.ofGradients(x.trainedGradient(), y.trainedGradient()));
    }
    convolution(name + "first", x, middle, null, true);
    convolution(name + "second", middle, y, shortcut, true);
    return y;
  }

  /**
   * A convolution with its normalization, an optional addition, and an optional ReLU.
   *
   * @param addend added to the output, and needs the sum's gradient; null for none
   * @param rectified whether a ReLU follows
   */
  private void convolution(
      String name, Tensor x, Tensor y, @Nullable Tensor addend, boolean rectified) {
    Tensor kernel = parameters.tensor(name + ".kernel");
    Tensor gain = parameters.tensor(name + ".gain");
    Tensor bias = parameters.tensor(name + ".bias");
    int stride = Math.toIntExact((x.size(1) + y.size(1) - 1) / y.size(1));
    if (settings.normalization() == Normalization.WEIGHT) {
      Tensor standardized = buffers.tensor(kernel.value().shape());
      layers.add(new WeightStandardization(kernel, gain, standardized, scale(name), buffers));
      layers.add(convolution(x, y, standardized, stride));
      layers.add(new Bias(y, bias, buffers));
      layers.add(slices(y, slice -> following(slice, y, addend, rectified)));
      return;
    }
    long[] shape = y.value().shape();
    boolean gradientKept = addend != null && buffers.training();
    Tensor z = new Tensor(buffers.array(shape), gradientKept ? buffers.array(shape) : y.gradient());
    layers.add(convolution(x, z, kernel, stride));
    Function<Slice, Layer> normalization = normalization(name, z, y, gain, bias);
    layers.add(
        slices(
            y,
            slice -> {
              List<Layer> built = new ArrayList<>();
              built.add(normalization.apply(slice));
              built.addAll(following(slice, y, addend, rectified));
              return built;
            }));
  }

  private List<Layer> following(Slice slice, Tensor y, @Nullable Tensor addend, boolean rectified) {
    List<Layer> built = new ArrayList<>();
    if (addend != null) {
      built.add(Addition.ofValues(slice.of(y).value(), slice.of(addend).value()));
    }
    if (rectified) {
      built.add(new Rectifier(slice.of(y), scratch));
    }
    return built;
  }

  /** The normalization of each slice; layers that sum over slices are added to the list here. */
  private Function<Slice, Layer> normalization(
      String name, Tensor z, Tensor y, Tensor gain, Tensor bias) {
    AffineGradient affine = buffers.training() ? new AffineGradient(z, gain, bias, buffers) : null;
    if (affine != null) {
      layers.add(affine);
    }
    if (settings.normalization() == Normalization.BATCH) {
      INDArray mean = parameters.value(name + ".mean");
      INDArray variance = parameters.value(name + ".variance");
      return slice ->
          new BatchNormalization(
              slice.of(z),
              slice.of(y),
              gain.value(),
              bias.value(),
              mean,
              variance,
              affine == null ? null : affine.means(slice),
              scratch,
              buffers);
    }
    ActivationNormalization.Averaging averaging =
        ActivationNormalization.Averaging.groups(GROUPS, buffers);
    return slice ->
        new ActivationNormalization(
            slice.of(z),
            slice.of(y),
            gain.value(),
            bias.value(),
            affine == null ? null : affine.means(slice),
            averaging,
            scratch,
            buffers);
  }

  private Slices slices(Tensor y, Function<Slice, List<Layer>> built) {
    long frames = y.size(0);
    return new Slices(frames, framesOfSlice(frames, y.value().length() / frames), built);
  }

  /**
   * The number of frames per slice: batch normalization needs all frames at once, and a GPU is
   * fastest with all.
   */
  private long framesOfSlice(long frames, long valuesOfFrame) {
    boolean whole =
        settings.normalization() == Normalization.BATCH || !Nd4j.getEnvironment().isCPU();
    return whole ? frames : Math.min(frames, Math.max(1, SLICE / valuesOfFrame));
  }

  /** The cheapest layer for this convolution. */
  private Layer convolution(Tensor x, Tensor y, Tensor kernel, int stride) {
    if (x.size(3) == Frame.CHANNELS) {
      return new StemConvolution(x.value(), y, kernel, buffers);
    }
    return kernel.size(0) == 1
        ? new PointwiseConvolution(x, y, kernel, stride, buffers)
        : new Convolution(x, y, kernel, stride, buffers);
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
