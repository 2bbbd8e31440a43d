package io.afterimage.train.encoder;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The initial value of every parameter, identical on every machine for the same seed.
 *
 * <p>Kernels: normal with variance 2 / fan-in (He et al., ICCV 2015, arXiv:1502.01852). Drawn with
 * {@link StrictMath} for identical rounding on every processor.
 */
final class Initialization {
  private final SplittableRandom random;

  Initialization(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The initial values of the next parameter, row-major. */
  float[] values(Parameter parameter) {
    float[] values = new float[parameter.length()];
    switch (parameter.role()) {
      case KERNEL -> {
        double deviation = StrictMath.sqrt(2.0 / parameter.fanIn());
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (deviation * normal());
        }
      }
      case GAIN, RUNNING_VARIANCE -> Arrays.fill(values, 1);
      case BIAS, RUNNING_MEAN -> Arrays.fill(values, 0);
    }
    return values;
  }

  /** The Box-Muller transform; only one of its two values is used. */
  private double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
