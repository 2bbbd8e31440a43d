package io.afterimage.augment;

/**
 * How strongly each view is changed, each view with its own draw. Every strength may be 0: off.
 *
 * @param cropMinArea least share of the frame's area that a random resized crop keeps, in (0, 1]; 1
 *     is off
 * @param flipProbability chance of a horizontal flip
 * @param brightness greatest relative change of brightness
 * @param contrast greatest relative change of contrast
 * @param saturation greatest relative change of saturation
 * @param hue greatest rotation of hue (turns, 0 to 0.5)
 * @param grayscaleProbability chance of a view without colour
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
    double blurProbability) {}
