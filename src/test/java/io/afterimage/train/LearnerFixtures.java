package io.afterimage.train;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.augment.AugmentationSettings;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.ResNetS;
import io.afterimage.train.optimize.OptimizerSettings;
import io.afterimage.train.prior.PriorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small learners and what they learn from. */
final class LearnerFixtures {
  private LearnerFixtures() {}

  static LearnerSettings settings(Normalization normalization) {
    return settings(new EncoderSettings(ResNetS.NAME, 8, 1, 16, normalization, 8));
  }

  static LearnerSettings settings(EncoderSettings encoder) {
    return new LearnerSettings(
        encoder,
        4,
        2,
        0.5,
        new PriorSettings(PriorSettings.Estimator.FIXED, 0.1, 0.01, 0.5, 100, 10, 20),
        new OptimizerSettings(1e-2, 4, 0.9, 0.999, 1e-8, 1e-4, 1),
        new AugmentationSettings(0.9, 0, 0.2, 0.2, 0.2, 0.05, 0, 0),
        2,
        7);
  }

  /** A learner whose first update throws its weights beyond what a float holds. */
  static LearnerSettings diverging() {
    LearnerSettings settings = settings(Normalization.GROUP);
    return new LearnerSettings(
        settings.encoder(),
        settings.groups(),
        settings.views(),
        settings.temperature(),
        settings.prior(),
        new OptimizerSettings(1e30, 0, 0.9, 0.999, 1e-8, 0, 1),
        settings.augmentation(),
        settings.maxSkippedSteps(),
        settings.seed());
  }

  /** Random pixels, a group's views alike. */
  static MiniBatch batch(LearnerSettings settings, long seed) {
    Random random = new Random(seed);
    int bytes = settings.encoder().frameSize() * settings.encoder().frameSize() * 3;
    List<PositiveGroup> groups = new ArrayList<>();
    for (int i = 0; i < settings.groups(); i++) {
      byte[] first = new byte[bytes];
      random.nextBytes(first);
      byte[] pixels = new byte[settings.views() * bytes];
      long[] times = new long[settings.views()];
      for (int view = 0; view < settings.views(); view++) {
        System.arraycopy(first, 0, pixels, view * bytes, bytes);
        pixels[view * bytes] ^= (byte) view;
        times[view] = view;
      }
      groups.add(new PositiveGroup("camera", times, settings.encoder().frameSize(), pixels, 2));
    }
    return new MiniBatch(groups, settings.groups(), seed, seed, Double.NaN, 0);
  }
}
