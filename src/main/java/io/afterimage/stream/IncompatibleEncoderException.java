package io.afterimage.stream;

import io.afterimage.model.EncoderProperties;
import io.afterimage.train.encoder.EncoderSettings;
import java.util.Map;
import java.util.stream.Collectors;

/** A stored learner's encoder has other settings than the options. */
public final class IncompatibleEncoderException extends IllegalStateException {
  /**
   * @param option the option's name
   * @param stored the value that the stored learner was built with
   * @param given the value that is set now
   */
  public IncompatibleEncoderException(String option, Object stored, Object given) {
    super(
        ("%s is %s, but the stored learner has %s: set %1$s back to %3$s, or start"
                + " without the stored state")
            .formatted(option, given, stored));
  }

  private IncompatibleEncoderException(String message) {
    super(message);
  }

  /**
   * Requires a stored encoder to have the settings of the options.
   *
   * @throws IncompatibleEncoderException naming the first option that differs
   */
  public static void requireSame(EncoderSettings stored, EncoderSettings given) {
    Map<String, String> values = EncoderProperties.of(stored);
    EncoderProperties.of(given)
        .forEach(
            (option, value) -> {
              if (!value.equals(values.get(option))) {
                throw new IncompatibleEncoderException(option, values.get(option), value);
              }
            });
  }

  /**
   * The exception for an encoder that a learner was to start from.
   *
   * @param path its path
   * @param stored its settings
   * @param given the settings of the options; differ from {@code stored}
   */
  public static IncompatibleEncoderException atStart(
      String path, EncoderSettings stored, EncoderSettings given) {
    Map<String, String> values = EncoderProperties.of(stored);
    String differences =
        EncoderProperties.of(given).entrySet().stream()
            .filter(option -> !option.getValue().equals(values.get(option.getKey())))
            .map(
                option ->
                    "%s is %s, but the encoder there has %s"
                        .formatted(option.getKey(), option.getValue(), values.get(option.getKey())))
            .collect(Collectors.joining("; "));
    return new IncompatibleEncoderException(
        "encoder.warm-start %s does not match the options: %s".formatted(path, differences));
  }
}
