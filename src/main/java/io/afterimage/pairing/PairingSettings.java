package io.afterimage.pairing;

import java.time.Duration;

/**
 * How frames become positive groups.
 *
 * @param views views K of a group, at least 2
 * @param minGap least time between two views of a group
 * @param maxGap most time between two views of a group
 * @param outage a silence of the camera longer than this breaks the open group
 * @param disorder how late a frame may arrive behind the newest of its camera and still be put in
 *     order, among at most {@value CameraState#MAX_PENDING} frames
 * @param cutThreshold mean absolute difference of consecutive frames (0 to 1) above which the scene
 *     was cut and the open group breaks
 * @param changeThreshold mean absolute difference to the group's last view (0 to 1) below which a
 *     frame shows a still scene and is passed over
 * @param seed draws the gap of each group within the window, as a function of camera and time
 */
public record PairingSettings(
    int views,
    Duration minGap,
    Duration maxGap,
    Duration outage,
    Duration disorder,
    double cutThreshold,
    double changeThreshold,
    long seed) {
  public PairingSettings {
    if (views < 2) {
      throw new IllegalArgumentException("pairing.views must be at least 2, but was " + views);
    }
    notNegative("pairing.min-gap", minGap);
    positive("pairing.max-gap", maxGap);
    positive("pairing.outage", outage);
    notNegative("pairing.disorder", disorder);
    share("pairing.cut-threshold", cutThreshold);
    share("pairing.change-threshold", changeThreshold);
    if (minGap.multipliedBy(views - 1L).compareTo(maxGap) > 0) {
      throw new IllegalArgumentException(
          ("pairing.max-gap must be at least (pairing.views - 1) * pairing.min-gap = %d ms, or no"
                  + " group of %d views fits into it, but was %d ms")
              .formatted(minGap.toMillis() * (views - 1), views, maxGap.toMillis()));
    }
    if (disorder.compareTo(outage) > 0) {
      throw new IllegalArgumentException(
          ("pairing.disorder must be at most pairing.outage = %d ms, or a late frame looks like a"
                  + " clock that was set back, but was %d ms")
              .formatted(outage.toMillis(), disorder.toMillis()));
    }
    if (changeThreshold >= cutThreshold) {
      throw new IllegalArgumentException(
          ("pairing.change-threshold must be below pairing.cut-threshold = %s, or every change is"
                  + " either none or a cut, but was %s")
              .formatted(cutThreshold, changeThreshold));
    }
  }

  private static void notNegative(String option, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "%s must be >= 0 ms, but was %d ms".formatted(option, value.toMillis()));
    }
  }

  private static void positive(String option, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException("%s must be >= 1 ms, but was %s".formatted(option, value));
    }
  }

  private static void share(String option, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "%s must lie in [0, 1], but was %s".formatted(option, value));
    }
  }
}
