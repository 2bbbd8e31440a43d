package io.afterimage.model;

import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.Normalization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The settings of an encoder as text for manifests and exports, by the names of their options, in a
 * fixed order.
 */
public final class EncoderProperties {
  private static final String ARCHITECTURE = "encoder.architecture";
  private static final String WIDTH = "encoder.width";
  private static final String DEPTH = "encoder.depth";
  private static final String EMBEDDING_SIZE = "encoder.embedding-size";
  private static final String NORMALIZATION = "encoder.normalization";
  private static final String FRAME_SIZE = "frame.size";

  private EncoderProperties() {}

  /** The names. */
  public static List<String> names() {
    return List.of(ARCHITECTURE, WIDTH, DEPTH, EMBEDDING_SIZE, NORMALIZATION, FRAME_SIZE);
  }

  /** The values by name. */
  public static Map<String, String> of(EncoderSettings settings) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(ARCHITECTURE, settings.architecture());
    properties.put(WIDTH, Integer.toString(settings.width()));
    properties.put(DEPTH, Integer.toString(settings.depth()));
    properties.put(EMBEDDING_SIZE, Integer.toString(settings.embeddingSize()));
    properties.put(NORMALIZATION, settings.normalization().name().toLowerCase(Locale.ROOT));
    properties.put(FRAME_SIZE, Integer.toString(settings.frameSize()));
    return properties;
  }

  /**
   * Parses the settings from the form of {@link #of}.
   *
   * @throws IllegalArgumentException if a property is missing, or its value is not allowed
   */
  public static EncoderSettings read(Map<String, String> properties) {
    return new EncoderSettings(
        value(properties, ARCHITECTURE),
        integer(properties, WIDTH),
        integer(properties, DEPTH),
        integer(properties, EMBEDDING_SIZE),
        normalization(value(properties, NORMALIZATION)),
        integer(properties, FRAME_SIZE));
  }

  private static Normalization normalization(String value) {
    for (Normalization each : Normalization.values()) {
      if (each.name().equalsIgnoreCase(value)) {
        return each;
      }
    }
    throw new IllegalArgumentException(NORMALIZATION + " is not known: " + value);
  }

  private static int integer(Map<String, String> properties, String name) {
    String value = value(properties, name);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be an integer, but was %s".formatted(name, value), e);
    }
  }

  private static String value(Map<String, String> properties, String name) {
    String value = properties.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }
}
