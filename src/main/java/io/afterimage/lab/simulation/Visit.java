package io.afterimage.lab.simulation;

import java.util.SplittableRandom;

/**
 * One object's stay in a camera's view: it enters from one side, roams, turns, comes nearer and
 * leaves on another side.
 *
 * @param truth the ground truth
 * @param startMillis when it begins to enter (milliseconds of the camera's time)
 * @param endMillis when it is out of view
 */
record Visit(SceneTruth truth, long startMillis, long endMillis, Path path, DrawnObject object) {
  /** Duration of entering and of leaving (seconds). */
  private static final double PASSAGE_SECONDS = 0.4;

  /** Distance from the frame's center, in frames, at which an object is out of view. */
  private static final double OUT_OF_VIEW = 1.1;

  /** The constants of an object's path; lengths in shares of the frame's smaller side. */
  record Path(
      double startX,
      double startY,
      double endX,
      double endY,
      double wobble,
      double wobbleRate,
      double inAngle,
      double outAngle,
      double angle,
      double spin,
      double radius,
      double breath,
      double phaseRate,
      double phase,
      boolean mirrored) {}

  /** The pose of an object at one moment; lengths in shares of the frame's smaller side. */
  record Pose(double x, double y, double angle, double radius, double phase, boolean mirrored) {}

  static Path drawPath(SplittableRandom random, boolean turnsFreely) {
    double lean = turnsFreely ? Math.PI : 0.45;
    return new Path(
        Seeds.between(random, -0.15, 0.15),
        Seeds.between(random, -0.15, 0.15),
        Seeds.between(random, -0.15, 0.15),
        Seeds.between(random, -0.15, 0.15),
        Seeds.between(random, 0.01, 0.06),
        Seeds.between(random, 1, 3),
        Seeds.between(random, 0, 2 * Math.PI),
        Seeds.between(random, 0, 2 * Math.PI),
        Seeds.between(random, -lean, lean),
        Seeds.between(random, -1, 1) * (turnsFreely ? 0.8 : 0.12),
        Seeds.between(random, 0.36, 0.48),
        Seeds.between(random, 0.05, 0.2),
        Seeds.between(random, 2.5, 5),
        Seeds.between(random, 0, 2 * Math.PI),
        random.nextBoolean());
  }

  /** The progress of the visit at a time, in [0, 1]. */
  double progress(long timeMillis) {
    return (double) (timeMillis - startMillis) / (endMillis - startMillis);
  }

  Pose pose(long timeMillis) {
    double seconds = (timeMillis - startMillis) / 1000.0;
    double left = (endMillis - timeMillis) / 1000.0;
    double share = progress(timeMillis);
    double coming = OUT_OF_VIEW * (1 - smooth(seconds / PASSAGE_SECONDS));
    double going = OUT_OF_VIEW * (1 - smooth(left / PASSAGE_SECONDS));
    double swing = path.wobbleRate * seconds;
    double x =
        path.startX
            + share * (path.endX - path.startX)
            + path.wobble * Math.sin(swing)
            + coming * Math.cos(path.inAngle)
            + going * Math.cos(path.outAngle);
    double y =
        path.startY
            + share * (path.endY - path.startY)
            + path.wobble * Math.cos(1.3 * swing)
            + coming * Math.sin(path.inAngle)
            + going * Math.sin(path.outAngle);
    double radius = path.radius * (1 + path.breath * Math.sin(0.7 * swing + path.phase));
    return new Pose(
        x,
        y,
        path.angle + path.spin * seconds,
        radius,
        path.phase + path.phaseRate * seconds,
        path.mirrored);
  }

  private static double smooth(double t) {
    double clamped = Math.max(0, Math.min(1, t));
    return clamped * clamped * (3 - 2 * clamped);
  }
}
