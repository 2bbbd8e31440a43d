package io.afterimage.train;

import io.afterimage.train.augment.AugmentationSettings;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.negatives.NegativeSettings;
import io.afterimage.train.optimize.OptimizerSettings;
import io.afterimage.train.prior.PriorSettings;

/**
 * Settings of a learner.
 *
 * @param encoder the encoder's architecture
 * @param groups positive groups B of a mini-batch
 * @param views views K of a group
 * @param temperature the loss's temperature t
 * @param prior estimation of tau+
 * @param negatives weighting of the negatives
 * @param optimizer settings of the optimizer
 * @param augmentation augmentation of views
 * @param maxSkippedSteps consecutive skipped steps after which the learner fails
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
  /** Settings with equal weights of all negatives. */
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
