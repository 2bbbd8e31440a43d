package io.afterimage.train.encoder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The encoder at one step, with all that is needed to embed frames.
 *
 * @param step the last step that it learned from; 0 before the first
 * @param settings the encoder's settings
 * @param parameters the values of each parameter by name, row-major, in the encoder's order; the
 *     arrays are owned by this record, not to be written to
 */
public record EncoderSnapshot(
    long step, EncoderSettings settings, Map<String, float[]> parameters) {
  public EncoderSnapshot {
    if (step < 0) {
      throw new IllegalArgumentException("step must be >= 0, but was " + step);
    }
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** A copy of an encoder's parameters. */
  public static EncoderSnapshot of(Encoder encoder, long step) {
    Map<String, float[]> parameters = new LinkedHashMap<>();
    for (Parameter parameter : encoder.parameters()) {
      parameters.put(parameter.name(), encoder.read(parameter.name()));
    }
    return new EncoderSnapshot(step, encoder.settings(), parameters);
  }

  /**
   * Sets all parameters of an encoder of the same settings.
   *
   * @throws IllegalArgumentException if the settings differ, or a parameter is missing, has another
   *     length, or is unknown to the encoder
   */
  public void restore(Encoder encoder) {
    if (!encoder.settings().equals(settings)) {
      throw new IllegalArgumentException(
          "the snapshot is of %s, but the encoder is %s".formatted(settings, encoder.settings()));
    }
    int known = 0;
    for (Parameter parameter : encoder.parameters()) {
      float[] values = parameters.get(parameter.name());
      if (values == null) {
        throw new IllegalArgumentException("the snapshot has no parameter " + parameter.name());
      }
      encoder.write(parameter.name(), values);
      known++;
    }
    if (known != parameters.size()) {
      throw new IllegalArgumentException(
          "the snapshot has %d parameters, but the encoder %d".formatted(parameters.size(), known));
    }
  }
}
