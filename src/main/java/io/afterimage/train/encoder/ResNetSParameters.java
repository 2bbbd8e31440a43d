package io.afterimage.train.encoder;

import io.afterimage.frame.Frame;
import io.afterimage.train.encoder.Parameter.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Names and shapes of the parameters of {@link ResNetS}, from the first layer to the projection.
 */
final class ResNetSParameters {
  /** Stages, each with twice the channels of the previous one. */
  static final int STAGES = 4;

  private final EncoderSettings settings;
  private final List<Parameter> parameters = new ArrayList<>();

  private ResNetSParameters(EncoderSettings settings) {
    this.settings = settings;
  }

  static List<Parameter> of(EncoderSettings settings) {
    ResNetSParameters declared = new ResNetSParameters(settings);
    declared.network();
    return declared.parameters;
  }

  private void network() {
    convolution("stem", 3, Frame.CHANNELS, settings.width());
    int channels = settings.width();
    for (int stage = 1; stage <= STAGES; stage++) {
      int outputs = settings.width() << (stage - 1);
      for (int block = 1; block <= settings.depth(); block++) {
        String name = "stage%d.block%d.".formatted(stage, block);
        convolution(name + "first", 3, channels, outputs);
        convolution(name + "second", 3, outputs, outputs);
        if (channels != outputs) {
          convolution(name + "shortcut", 1, channels, outputs);
        }
        channels = outputs;
      }
    }
    linear("hidden", channels, channels);
    linear("projection", channels, settings.embeddingSize());
  }

  private void convolution(String name, int side, int inputs, int outputs) {
    add(name + ".kernel", Role.KERNEL, side, side, inputs, outputs);
    add(name + ".gain", Role.GAIN, outputs);
    add(name + ".bias", Role.BIAS, outputs);
    if (settings.normalization() == Normalization.BATCH) {
      add(name + ".mean", Role.RUNNING_MEAN, outputs);
      add(name + ".variance", Role.RUNNING_VARIANCE, outputs);
    }
  }

  private void linear(String name, int inputs, int outputs) {
    add(name + ".kernel", Role.KERNEL, inputs, outputs);
    add(name + ".bias", Role.BIAS, outputs);
  }

  private void add(String name, Role role, long... shape) {
    parameters.add(new Parameter(name, shape, role));
  }
}
