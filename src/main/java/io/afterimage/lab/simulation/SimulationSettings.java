package io.afterimage.lab.simulation;

import java.util.Arrays;

/**
 * Settings of a simulation.
 *
 * @param seed the root of every draw
 * @param cameras number of cameras
 * @param width width of a frame (pixels)
 * @param height height of a frame (pixels)
 * @param framesPerSecond frames of a camera in a second of its own time
 * @param visitSeconds mean time that an object stays in view
 * @param classPriors {@code (classes)} class priors of the objects, over all cameras; sums to 1.
 *     Owned by this record, not to be written to
 * @param cameraSkew how much a camera's own mix deviates from the class priors: standard deviation
 *     of the logarithm of each class's share, 0 for the same mix everywhere
 * @param wander how far a camera's view moves over its surroundings (frames), 0 for fixed cameras
 * @param backgroundLight brightness of backgrounds relative to the default, in (0, 1]; objects are
 *     not affected
 */
public record SimulationSettings(
    long seed,
    int cameras,
    int width,
    int height,
    double framesPerSecond,
    double visitSeconds,
    double[] classPriors,
    double cameraSkew,
    double wander,
    double backgroundLight) {
  private static final int LEAST_SIDE = 16;

  public SimulationSettings {
    require(cameras >= 1, "cameras must be >= 1, but was %s", cameras);
    require(width >= LEAST_SIDE, "width must be >= " + LEAST_SIDE + ", but was %s", width);
    require(height >= LEAST_SIDE, "height must be >= " + LEAST_SIDE + ", but was %s", height);
    require(
        framesPerSecond > 0 && framesPerSecond <= 1000,
        "framesPerSecond must be in (0, 1000], but was %s",
        framesPerSecond);
    require(visitSeconds >= 1, "visitSeconds must be >= 1, but was %s", visitSeconds);
    require(cameraSkew >= 0, "cameraSkew must be >= 0, but was %s", cameraSkew);
    require(wander >= 0 && wander <= 10, "wander must be in [0, 10], but was %s", wander);
    require(
        backgroundLight > 0 && backgroundLight <= 1,
        "backgroundLight must be in (0, 1], but was %s",
        backgroundLight);
    require(
        Arrays.stream(classPriors).allMatch(prior -> prior >= 0)
            && Math.abs(Arrays.stream(classPriors).sum() - 1) < 1e-9,
        "classPriors must be >= 0 and sum to 1, but were %s",
        Arrays.toString(classPriors));
  }

  /** Fixed cameras with backgrounds of the default light. */
  public SimulationSettings(
      long seed,
      int cameras,
      int width,
      int height,
      double framesPerSecond,
      double visitSeconds,
      double[] classPriors,
      double cameraSkew) {
    this(
        seed, cameras, width, height, framesPerSecond, visitSeconds, classPriors, cameraSkew, 0, 1);
  }

  /** Cameras of 96 x 96 pixels, five frames a second, visits of five seconds, balanced classes. */
  public static SimulationSettings balanced(long seed, int cameras, int classes) {
    double[] priors = new double[classes];
    Arrays.fill(priors, 1.0 / classes);
    return new SimulationSettings(seed, cameras, 96, 96, 5, 5, priors, 0);
  }

  /** The number of classes. */
  public int classes() {
    return classPriors.length;
  }

  /** The same with another frame rate (frames/s). */
  public SimulationSettings withFramesPerSecond(double other) {
    return new SimulationSettings(
        seed,
        cameras,
        width,
        height,
        other,
        visitSeconds,
        classPriors,
        cameraSkew,
        wander,
        backgroundLight);
  }

  /** The same settings with another seed. */
  SimulationSettings withSeed(long otherSeed) {
    return new SimulationSettings(
        otherSeed,
        cameras,
        width,
        height,
        framesPerSecond,
        visitSeconds,
        classPriors,
        cameraSkew,
        wander,
        backgroundLight);
  }

  private static void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(value));
    }
  }
}
