package io.afterimage.train.augment;

/**
 * Strengths of augmentation; each view has its own draw. A strength of 0 is off.
 *
 * @param cropMinArea least share of the frame's area that a random resized crop keeps, in (0, 1]; 1
 *     is off
 * @param flipProbability chance of a horizontal flip
 * @param brightness greatest relative change of brightness
 * @param contrast greatest relative change of contrast
 * @param saturation greatest relative change of saturation
 * @param hue greatest rotation of hue (turns, 0 to 0.5)
 * @param grayscaleProbability chance of conversion to gray
 * @param blurProbability chance of a Gaussian blur
 */
public record AugmentationSettings(
    double cropMinArea,
    double flipProbability,
    double brightness,
    double contrast,
    double saturation,
    double hue,
    double grayscaleProbability,
    double blurProbability) {
  /** No augmentation. */
  public static final AugmentationSettings NONE = new AugmentationSettings(1, 0, 0, 0, 0, 0, 0, 0);

  public AugmentationSettings {
    if (!(cropMinArea > 0 && cropMinArea <= 1)) {
      throw new IllegalArgumentException("cropMinArea must lie in (0, 1], but was " + cropMinArea);
    }
    between0And("flipProbability", 1, flipProbability);
    between0And("brightness", 1, brightness);
    between0And("contrast", 1, contrast);
    between0And("saturation", 1, saturation);
    between0And("hue", 0.5, hue);
    between0And("grayscaleProbability", 1, grayscaleProbability);
    between0And("blurProbability", 1, blurProbability);
  }

  private static void between0And(String option, double most, double value) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          "%s must lie in [0, %s], but was %s".formatted(option, most, value));
    }
  }
}
