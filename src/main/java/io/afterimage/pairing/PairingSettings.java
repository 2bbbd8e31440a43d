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
 *     order
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
    long seed) {}
