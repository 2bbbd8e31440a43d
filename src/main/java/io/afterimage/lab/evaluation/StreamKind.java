package io.afterimage.lab.evaluation;

import io.afterimage.lab.simulation.ClassSchedule;
import java.util.Arrays;

/**
 * A kind of stream; with a seed it becomes a stream.
 *
 * @param name name in the tables
 * @param procedural whether its objects are procedural even if there is a data set
 * @param priors {@code (C)} class priors of the objects; owned by this record
 * @param later {@code (C)} class priors from the middle of the stream on; owned by this record
 * @param cameraSkew how much a camera's class mix deviates from the priors
 * @param cameras number of cameras
 * @param wander how far a camera moves over its surroundings (frames); 0 for fixed cameras
 * @param backgroundLight brightness of backgrounds relative to the default
 * @param regimeSeconds how long one class is seen alone before the next, on all cameras at once; 0
 *     for classes mixed by the priors
 */
record StreamKind(
    String name,
    boolean procedural,
    double[] priors,
    double[] later,
    double cameraSkew,
    int cameras,
    double wander,
    double backgroundLight,
    double regimeSeconds) {
  private static final int CAMERAS = 8;

  /** Light of backgrounds that lets objects stand out, for small and short runs. */
  private static final double DIM = 0.75;

  /** Balanced classes. */
  static StreamKind balanced(int classes) {
    return mixed("balanced-" + classes, equal(classes));
  }

  /** One class that is more frequent than all others together. */
  static StreamKind skewed(int classes, double most) {
    double[] priors = new double[classes];
    Arrays.fill(priors, (1 - most) / (classes - 1));
    priors[0] = most;
    return mixed("skewed-" + classes, priors);
  }

  private static StreamKind mixed(String name, double[] priors) {
    return new StreamKind(name, false, priors, priors, 0, CAMERAS, 0, DIM, 0);
  }

  /** Balanced classes of procedural objects. */
  static StreamKind procedural(int classes) {
    double[] priors = equal(classes);
    return new StreamKind("procedural-" + classes, true, priors, priors, 0, CAMERAS, 0, DIM, 0);
  }

  StreamKind withCameras(String newName, int number, double newWander) {
    return new StreamKind(
        newName,
        procedural,
        priors,
        later,
        cameraSkew,
        number,
        newWander,
        backgroundLight,
        regimeSeconds);
  }

  StreamKind withCameraSkew(String newName, double skew) {
    return new StreamKind(
        newName, procedural, priors, later, skew, cameras, wander, backgroundLight, regimeSeconds);
  }

  StreamKind withBackgroundLight(String newName, double light) {
    return new StreamKind(
        newName, procedural, priors, later, cameraSkew, cameras, wander, light, regimeSeconds);
  }

  StreamKind withSwitch(String newName, double[] newLater) {
    return new StreamKind(
        newName,
        procedural,
        priors,
        newLater,
        cameraSkew,
        cameras,
        wander,
        backgroundLight,
        regimeSeconds);
  }

  StreamKind withRegimes(String newName, double seconds) {
    return new StreamKind(
        newName, procedural, priors, later, cameraSkew, cameras, wander, backgroundLight, seconds);
  }

  static double[] equal(int classes) {
    double[] priors = new double[classes];
    Arrays.fill(priors, 1.0 / classes);
    return priors;
  }

  int classes() {
    return priors.length;
  }

  /**
   * The class priors over time.
   *
   * @param middleMillis when the priors change
   */
  ClassSchedule schedule(long middleMillis) {
    return regimeSeconds > 0
        ? ClassSchedule.regimes(classes(), Math.round(regimeSeconds * 1000))
        : ClassSchedule.switched(priors, later, middleMillis);
  }
}
