package io.afterimage.train.encoder;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a trained {@link ResNetS} for export: kernels are standardized, running averages
 * are folded into them, and all is computed in double precision until the last rounding.
 *
 * <p>The network between the convolutions is that of {@link ResNetS}: a block is {@code
 * relu(second(relu(first(x))) + shortcut(x))}, where the shortcut is x itself if none is declared.
 */
public final class FrozenResNetS {
  private final EncoderSettings settings;
  private final Map<String, Parameter> declared = new HashMap<>();
  private final Map<String, float[]> values;

  /**
   * @param values the values of each parameter by name, row-major; read only
   * @throws IllegalArgumentException if a parameter is missing or has another length
   */
  public FrozenResNetS(EncoderSettings settings, Map<String, float[]> values) {
    this.settings = settings;
    this.values = values;
    for (Parameter parameter : ResNetS.parameters(settings)) {
      float[] stored = values.get(parameter.name());
      if (stored == null || stored.length != parameter.length()) {
        throw new IllegalArgumentException(
            "the parameter %s must have %d values, but had %s"
                .formatted(
                    parameter.name(), parameter.length(), stored == null ? "none" : stored.length));
      }
      declared.put(parameter.name(), parameter);
    }
  }

  public EncoderSettings settings() {
    return settings;
  }

  /** The number of stages, each of {@link EncoderSettings#depth} blocks. */
  public int stages() {
    return ResNetSParameters.STAGES;
  }

  /** The stride of a block's first convolution and of its shortcut; both count from 1. */
  public int stride(int stage, int block) {
    return ResNetSLayers.stride(stage, block);
  }

  /** Whether there is a convolution of this name. */
  public boolean has(String name) {
    return declared.containsKey(name + ".kernel");
  }

  /** A linear layer: {@code hidden}, before a ReLU, or {@code projection}, the last one. */
  public FrozenLinear linear(String name) {
    long[] shape = declared(name + ".kernel").shape();
    return new FrozenLinear(
        (int) shape[0], (int) shape[1], value(name + ".kernel"), value(name + ".bias"));
  }

  /**
   * A convolution: {@code stem}, or {@code stageI.blockJ.} and {@code first}, {@code second} or
   * {@code shortcut}.
   */
  public FrozenConvolution convolution(String name) {
    long[] shape = declared(name + ".kernel").shape();
    float[] kernel = value(name + ".kernel");
    float[] gain = value(name + ".gain");
    float[] bias = value(name + ".bias");
    FrozenConvolution.@Nullable Groups groups = null;
    switch (settings.normalization()) {
      case GROUP ->
          groups =
              new FrozenConvolution.Groups(
                  ResNetSLayers.GROUPS, ActivationNormalization.EPSILON, gain);
      case WEIGHT -> kernel = standardized(kernel, gain, ResNetSLayers.scale(name));
      case BATCH -> {
        double[] factor = new double[gain.length];
        float[] mean = value(name + ".mean");
        float[] variance = value(name + ".variance");
        bias = bias.clone();
        for (int o = 0; o < factor.length; o++) {
          factor[o] = gain[o] / Math.sqrt(variance[o] + BatchNormalization.EPSILON);
          bias[o] = (float) (bias[o] - mean[o] * factor[o]);
        }
        kernel = scaled(kernel, factor);
      }
    }
    return new FrozenConvolution(
        (int) shape[0], (int) shape[2], (int) shape[3], kernel, bias, groups);
  }

  /** The computation of {@link WeightStandardization}. */
  private static float[] standardized(float[] kernel, float[] gain, double scale) {
    int outputs = gain.length;
    int fanIn = kernel.length / outputs;
    double[] mean = new double[outputs];
    double[] square = new double[outputs];
    for (int i = 0; i < kernel.length; i++) {
      mean[i % outputs] += kernel[i] / (double) fanIn;
    }
    for (int i = 0; i < kernel.length; i++) {
      double centred = kernel[i] - mean[i % outputs];
      square[i % outputs] += centred * centred;
    }
    float[] result = new float[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      int o = i % outputs;
      double factor = gain[o] * scale / Math.sqrt(square[o] + WeightStandardization.EPSILON);
      result[i] = (float) (factor * (kernel[i] - mean[o]));
    }
    return result;
  }

  private static float[] scaled(float[] kernel, double[] factor) {
    float[] result = new float[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      result[i] = (float) (kernel[i] * factor[i % factor.length]);
    }
    return result;
  }

  private float[] value(String name) {
    declared(name);
    return values.get(name);
  }

  private Parameter declared(String name) {
    Parameter parameter = declared.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("the encoder has no parameter named " + name);
    }
    return parameter;
  }
}
