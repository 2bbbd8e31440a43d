package io.afterimage.lab.evaluation;

import io.afterimage.lab.simulation.ClassSchedule;
import java.util.Arrays;

/**
 * A kind of stream: what cameras see, before a seed makes it one stream.
 *
 * @param name what the tables call it
 * @param procedural whether its objects are drawn by rule even where there is a data set
 * @param priors {@code (C)} how often an object is of each class; owned by this record
 * @param later {@code (C)} the same from the middle of the stream on; owned by this record
 * @param cameraSkew how much a camera's own mix departs from the priors
 * @param cameras number of cameras
 * @param wander how far a camera moves over its surroundings (frames); 0 for fixed cameras
 * @param backgroundLight how bright backgrounds are beside the usual
 * @param regimeSeconds how long one class is seen alone before the next, on all cameras at once; 0
 *     for classes that mix by the priors
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

  /** Backgrounds before which objects stand out, as small and short runs need it. */
  private static final double DIM = 0.75;

  /** Classes that come equally often. */
  static StreamKind balanced(int classes) {
    return mixed("balanced-" + classes, equal(classes));
  }

  /** One class more often than all others together. */
  static StreamKind skewed(int classes, double most) {
    double[] priors = new double[classes];
    Arrays.fill(priors, (1 - most) / (classes - 1));
    priors[0] = most;
    return mixed("skewed-" + classes, priors);
  }

  private static StreamKind mixed(String name, double[] priors) {
    return new StreamKind(name, false, priors, priors, 0, CAMERAS, 0, DIM, 0);
  }

  /** Classes of objects that are drawn by rule, which come equally often. */
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
   * The class priors in time.
   *
   * @param middleMillis when the priors change
   */
  ClassSchedule schedule(long middleMillis) {
    return regimeSeconds > 0
        ? ClassSchedule.regimes(classes(), Math.round(regimeSeconds * 1000))
        : ClassSchedule.switched(priors, later, middleMillis);
  }
}
