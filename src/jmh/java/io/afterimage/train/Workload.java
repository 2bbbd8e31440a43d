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

/** The training data of the step benchmarks: the workload of src/jmh/python/pytorch_step.py. */
final class Workload {
  private Workload() {}

  static LearnerSettings settings(
      Normalization normalization, int width, int size, int groups, int views) {
    return new LearnerSettings(
        new EncoderSettings(ResNetS.NAME, width, 1, 128, normalization, size),
        groups,
        views,
        0.5,
        new PriorSettings(PriorSettings.Estimator.FIXED, 0.1, 0, 0.5, 100, 0, 20),
        new OptimizerSettings(1e-3, 0, 0.9, 0.999, 1e-8, 0, 1e9),
        new AugmentationSettings(1, 0, 0, 0, 0, 0, 0, 0),
        0,
        1);
  }

  /** Random bytes. */
  static MiniBatch batch(LearnerSettings settings) {
    Random random = new Random(1);
    int size = settings.encoder().frameSize();
    List<PositiveGroup> groups = new ArrayList<>();
    for (int i = 0; i < settings.groups(); i++) {
      byte[] pixels = new byte[settings.views() * size * size * 3];
      random.nextBytes(pixels);
      long[] times = new long[settings.views()];
      groups.add(new PositiveGroup("camera", times, size, pixels, settings.views()));
    }
    return new MiniBatch(groups, settings.groups(), 0, 0, Double.NaN, 0);
  }
}
