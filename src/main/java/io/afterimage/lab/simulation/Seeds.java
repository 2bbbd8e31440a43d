package io.afterimage.lab.simulation;

import java.util.SplittableRandom;

/** Derived seeds, which make a scene a function of camera and time. */
final class Seeds {
  private Seeds() {}

  /** A seed for one thing among many, such as visit 12 of camera 3. */
  static long derive(long seed, long... path) {
    long mixed = mix(seed);
    for (long step : path) {
      mixed = mix(mixed ^ (step + 0x9E3779B97F4A7C15L));
    }
    return mixed;
  }

  static SplittableRandom random(long seed, long... path) {
    return new SplittableRandom(derive(seed, path));
  }

  /** A number in [0, 1). */
  static double uniform(long seed, long... path) {
    return (derive(seed, path) >>> 11) * 0x1.0p-53;
  }

  static double between(SplittableRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  // The finalizer of SplitMix64: Steele, Lea and Flood, OOPSLA 2014.
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
