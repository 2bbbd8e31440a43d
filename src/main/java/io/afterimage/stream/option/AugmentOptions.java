package io.afterimage.stream.option;

import io.afterimage.train.augment.AugmentationSettings;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** How strongly each view is augmented. */
public final class AugmentOptions {
  static final OptionGroup OPTIONS = new OptionGroup("augment");

  public static final ConfigOption<Double> CROP_MIN_AREA =
      OPTIONS.real(
          "crop-min-area",
          0.3,
          Rule.aboveUpTo(0.0, 1.0),
          "Least share of a frame's area that a random resized crop keeps; 1 crops nothing.");

  public static final ConfigOption<Double> FLIP =
      OPTIONS.share("flip", 0.5, "Chance of a horizontal flip of a view.");

  public static final ConfigOption<Double> BRIGHTNESS =
      OPTIONS.share("brightness", 0.4, "Greatest relative change of a view's brightness.");

  public static final ConfigOption<Double> CONTRAST =
      OPTIONS.share("contrast", 0.4, "Greatest relative change of a view's contrast.");

  public static final ConfigOption<Double> SATURATION =
      OPTIONS.share("saturation", 0.4, "Greatest relative change of a view's saturation.");

  public static final ConfigOption<Double> HUE =
      OPTIONS.real(
          "hue", 0.1, Rule.between(0.0, 0.5), "Greatest rotation of a view's hue (turns).");

  public static final ConfigOption<Double> GRAYSCALE =
      OPTIONS.share("grayscale", 0.2, "Chance that a view loses its colour.");

  public static final ConfigOption<Double> BLUR =
      OPTIONS.share("blur", 0.0, "Chance that a view is blurred.");

  private AugmentOptions() {}

  /** The strength of each augmentation. */
  public static AugmentationSettings settings(Configuration options) {
    return new AugmentationSettings(
        options.get(CROP_MIN_AREA),
        options.get(FLIP),
        options.get(BRIGHTNESS),
        options.get(CONTRAST),
        options.get(SATURATION),
        options.get(HUE),
        options.get(GRAYSCALE),
        options.get(BLUR));
  }
}
