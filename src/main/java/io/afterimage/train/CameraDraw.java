package io.afterimage.train;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.memory.ReplayMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Composes a mini-batch of few cameras, to give each anchor many negatives of its own camera.
 *
 * <p>In a mini-batch of all cameras, the number of own-camera negatives per anchor falls with the
 * number of cameras, although these negatives teach about moving objects. All cameras that can fill
 * their share of a mini-batch are drawn with equal probability, busy or quiet. Fresh groups of a
 * drawn camera come before replayed ones. If the drawn cameras have too few groups, the cameras
 * with the most groups follow.
 */
final class CameraDraw {
  private final int groups;
  private final int cameras;
  private final ReplayMemory memory;

  CameraDraw(BatchSettings settings, ReplayMemory memory) {
    groups = settings.groups();
    cameras = settings.cameras();
    this.memory = memory;
  }

  /** The groups drawn; the first {@code fresh} of them are new. */
  record Drawn(List<PositiveGroup> groups, int fresh) {}

  /**
   * Draws a mini-batch; fresh and remembered groups together must suffice for one.
   *
   * @param fresh groups that are not in the memory
   */
  Drawn draw(List<PositiveGroup> fresh) {
    SortedMap<String, List<PositiveGroup>> held = new TreeMap<>(); // fresh ones, by camera
    memory.cameras().forEach(camera -> held.put(camera, new ArrayList<>()));
    fresh.forEach(
        group -> held.computeIfAbsent(group.camera(), name -> new ArrayList<>()).add(group));
    List<PositiveGroup> newest = new ArrayList<>();
    List<PositiveGroup> replayed = new ArrayList<>();
    quotas(held)
        .forEach(
            (camera, quota) -> {
              List<PositiveGroup> own = held.get(camera);
              int ofFresh = Math.min(quota, own.size());
              newest.addAll(own.subList(0, ofFresh));
              replayed.addAll(memory.sample(camera, quota - ofFresh));
            });
    int count = newest.size();
    newest.addAll(replayed);
    return new Drawn(newest, count);
  }

  /** The number of groups of each camera. */
  private Map<String, Integer> quotas(SortedMap<String, List<PositiveGroup>> held) {
    Map<String, Integer> available = new LinkedHashMap<>();
    held.forEach((camera, fresh) -> available.put(camera, fresh.size() + memory.size(camera)));
    Map<String, Integer> quotas = new LinkedHashMap<>();
    int left = groups;
    for (String camera : drawn(available)) {
      int quota = Math.min(share(quotas.size()), available.get(camera));
      quotas.put(camera, quota);
      left -= quota;
    }
    for (String camera : mostGroupsFirst(available)) {
      int quota = quotas.getOrDefault(camera, 0);
      int more = Math.min(left, available.get(camera) - quota);
      if (more > 0) {
        quotas.put(camera, quota + more);
        left -= more;
      }
    }
    return quotas;
  }

  /** The number of groups of one drawn camera; the first cameras get the remainder. */
  private int share(int turn) {
    return groups / cameras + (turn < groups % cameras ? 1 : 0);
  }

  private List<String> drawn(Map<String, Integer> available) {
    List<String> able =
        available.keySet().stream().filter(camera -> available.get(camera) >= share(0)).toList();
    return memory.choose(able, Math.min(cameras, able.size()));
  }

  private static List<String> mostGroupsFirst(Map<String, Integer> available) {
    return available.keySet().stream()
        .sorted(Comparator.comparing(available::get, Comparator.reverseOrder()))
        .toList();
  }
}
