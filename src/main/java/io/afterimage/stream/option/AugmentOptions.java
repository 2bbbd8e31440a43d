package io.afterimage.stream.option;

import io.afterimage.train.augment.AugmentationSettings;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options of augmentation. */
public final class AugmentOptions {
  static final OptionGroup OPTIONS = new OptionGroup("augment");

  public static final ConfigOption<Double> CROP_MIN_AREA =
      OPTIONS.real(
          "crop-min-area",
          0.3,
          Rule.aboveUpTo(0.0, 1.0),
          "Smallest share of a frame's area that a random resized crop keeps; 1 disables"
              + " cropping.");

  public static final ConfigOption<Double> FLIP =
      OPTIONS.share("flip", 0.5, "Probability of a horizontal flip.");

  public static final ConfigOption<Double> BRIGHTNESS =
      OPTIONS.share("brightness", 0.4, "Largest relative change of brightness.");

  public static final ConfigOption<Double> CONTRAST =
      OPTIONS.share("contrast", 0.4, "Largest relative change of contrast.");

  public static final ConfigOption<Double> SATURATION =
      OPTIONS.share("saturation", 0.4, "Largest relative change of saturation.");

  public static final ConfigOption<Double> HUE =
      OPTIONS.real("hue", 0.1, Rule.between(0.0, 0.5), "Largest rotation of hue (turns).");

  public static final ConfigOption<Double> GRAYSCALE =
      OPTIONS.share("grayscale", 0.2, "Probability of conversion to grayscale.");

  public static final ConfigOption<Double> BLUR =
      OPTIONS.share("blur", 0.0, "Probability of a Gaussian blur.");

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
