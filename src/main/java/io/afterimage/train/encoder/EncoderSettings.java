package io.afterimage.train.encoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an encoder is built from; two encoders can exchange weights if and only if these are equal.
 *
 * @param architecture {@code resnet-s}
 * @param width channels W of the first stage
 * @param depth residual blocks of each of the four stages
 * @param embeddingSize numbers D of an embedding
 * @param normalization how activations are normalised
 * @param frameSize height and width S of a frame (pixels)
 */
public record EncoderSettings(
    String architecture,
    int width,
    int depth,
    int embeddingSize,
    Normalization normalization,
    int frameSize) {
  private static final List<String> OPTIONS =
      List.of(
          "encoder.architecture",
          "encoder.width",
          "encoder.depth",
          "encoder.embedding-size",
          "encoder.normalization",
          "frame.size");

  public EncoderSettings {
    if (!architecture.equals(ResNetS.NAME)) {
      throw new IllegalArgumentException(
          "encoder.architecture must be %s, but was %s".formatted(ResNetS.NAME, architecture));
    }
    if (width < 8 || width % 8 != 0) {
      throw new IllegalArgumentException(
          "encoder.width must be a positive multiple of 8, but was " + width);
    }
    require("encoder.depth", depth, 1);
    require("encoder.embedding-size", embeddingSize, 1);
    require("frame.size", frameSize, 8);
  }

  /** The names of the options that set these, in a fixed order. */
  public static List<String> optionNames() {
    return OPTIONS;
  }

  /** The settings by the names of the options that set them, in a fixed order. */
  public Map<String, String> options() {
    Object[] values = {
      architecture,
      width,
      depth,
      embeddingSize,
      normalization.name().toLowerCase(Locale.ROOT),
      frameSize
    };
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      options.put(OPTIONS.get(i), values[i].toString());
    }
    return options;
  }

  /**
   * The settings that {@link #options} gave.
   *
   * @throws IllegalArgumentException if an option is missing, or its value not allowed
   */
  public static EncoderSettings ofOptions(Map<String, String> options) {
    return new EncoderSettings(
        value(options, "encoder.architecture"),
        integer(options, "encoder.width"),
        integer(options, "encoder.depth"),
        integer(options, "encoder.embedding-size"),
        normalization(value(options, "encoder.normalization")),
        integer(options, "frame.size"));
  }

  private static Normalization normalization(String value) {
    for (Normalization each : Normalization.values()) {
      if (each.name().equalsIgnoreCase(value)) {
        return each;
      }
    }
    throw new IllegalArgumentException("encoder.normalization is not known: " + value);
  }

  private static int integer(Map<String, String> options, String option) {
    String value = value(options, option);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be an integer, but was %s".formatted(option, value), e);
    }
  }

  private static String value(Map<String, String> options, String option) {
    String value = options.get(option);
    if (value == null) {
      throw new IllegalArgumentException(option + " is missing");
    }
    return value;
  }

  private static void require(String option, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be >= %d, but was %d".formatted(option, least, value));
    }
  }
}
