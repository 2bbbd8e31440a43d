package io.afterimage.train;

import io.afterimage.pairing.PositiveGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * B positive groups of K views each: the unit of one step. Its shape never changes within a run.
 *
 * @param groups {@code (B)} the groups, in the order of the loss's rows
 * @param fresh number of new groups, which come first; the others are replayed
 * @param framesSeen accepted frames represented by all groups up to this mini-batch, each counted
 *     once
 * @param groupsSeen groups received up to this mini-batch, each counted once
 * @param replayAgeMillis mean age of the replayed groups relative to the newest one; NaN if there
 *     are none
 * @param memoryFill share of the long tier that is filled
 */
public record MiniBatch(
    List<PositiveGroup> groups,
    int fresh,
    long framesSeen,
    long groupsSeen,
    double replayAgeMillis,
    double memoryFill) {
  public MiniBatch {
    groups = List.copyOf(groups);
  }

  /** {@code (B)} the camera of each group. */
  List<String> cameras() {
    return groups.stream().map(PositiveGroup::camera).toList();
  }

  /** {@code (B)} when the last view of each group was taken (milliseconds since 1970, UTC). */
  long[] captureTimesMillis() {
    return groups.stream().mapToLong(PositiveGroup::lastCaptureTimeMillis).toArray();
  }

  /** {@code (B)} the class label of each group, null where it is unlabeled. */
  List<@Nullable String> labels() {
    return groups.stream().<@Nullable String>map(PositiveGroup::label).toList();
  }
}
