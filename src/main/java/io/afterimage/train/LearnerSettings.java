package io.afterimage.train;

import io.afterimage.train.augment.AugmentationSettings;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.negatives.NegativeSettings;
import io.afterimage.train.optimize.OptimizerSettings;
import io.afterimage.train.prior.PriorSettings;

/**
 * All that a learner is built from.
 *
 * @param encoder the encoder's shape
 * @param groups positive groups B of a mini-batch
 * @param views views K of a group
 * @param temperature the loss's temperature t
 * @param prior how tau+ is found
 * @param negatives which negatives count how much
 * @param optimizer how gradients become updates
 * @param augmentation how views are changed
 * @param maxSkippedSteps skipped steps in a row after which the learner gives up
 * @param seed the root of every random draw
 */
public record LearnerSettings(
    EncoderSettings encoder,
    int groups,
    int views,
    double temperature,
    PriorSettings prior,
    NegativeSettings negatives,
    OptimizerSettings optimizer,
    AugmentationSettings augmentation,
    int maxSkippedSteps,
    long seed) {
  /** Settings under which all negatives count alike. */
  public LearnerSettings(
      EncoderSettings encoder,
      int groups,
      int views,
      double temperature,
      PriorSettings prior,
      OptimizerSettings optimizer,
      AugmentationSettings augmentation,
      int maxSkippedSteps,
      long seed) {
    this(
        encoder,
        groups,
        views,
        temperature,
        prior,
        NegativeSettings.ALL_ALIKE,
        optimizer,
        augmentation,
        maxSkippedSteps,
        seed);
  }
}
