package io.afterimage.pairing;

import java.time.Duration;

/**
 * Settings for forming positive groups.
 *
 * @param views views K of a group, at least 2
 * @param minGap least time between two views of a group
 * @param maxGap most time between two views of a group
 * @param outage a gap without frames that is longer than this breaks the open group
 * @param disorder how far a frame may arrive behind the newest of its camera and still be
 *     reordered, among at most {@value CameraState#MAX_PENDING} frames
 * @param cutThreshold mean absolute difference of consecutive frames (0 to 1) above which the scene
 *     was cut and the open group breaks
 * @param changeThreshold mean absolute difference to the group's last view (0 to 1) below which a
 *     frame shows a still scene and is skipped
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
    require(views >= 2, "views must be at least 2, but was %d", views);
    require(!minGap.isNegative(), "minGap must not be negative, but was %s", minGap);
    require(maxGap.toMillis() >= 1, "maxGap must be at least 1 ms, but was %s", maxGap);
    require(outage.toMillis() >= 1, "outage must be at least 1 ms, but was %s", outage);
    require(!disorder.isNegative(), "disorder must not be negative, but was %s", disorder);
    require(isShare(cutThreshold), "cutThreshold must be from 0 to 1, but was %s", cutThreshold);
    require(
        isShare(changeThreshold),
        "changeThreshold must be from 0 to 1, but was %s",
        changeThreshold);
    require(
        minGap.multipliedBy(views - 1L).compareTo(maxGap) <= 0,
        "maxGap must be at least (views - 1) * minGap, but was %s with %d views and minGap %s",
        maxGap,
        views,
        minGap);
    require(
        disorder.compareTo(outage) <= 0,
        "disorder must be at most outage = %s, but was %s",
        outage,
        disorder);
    require(
        changeThreshold < cutThreshold,
        "changeThreshold must be below cutThreshold = %s, but was %s",
        cutThreshold,
        changeThreshold);
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }

  private static void require(boolean holds, String rule, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(rule.formatted(values));
    }
  }
}
