package io.afterimage.train.memory;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a memory by camera.
 *
 * <p>A change takes constant time, apart from the lookup of the camera's name. The order of a
 * camera's slots depends on the changes so far, and draws depend on that order, which is therefore
 * part of the state.
 */
final class CameraIndex {
  private final SortedMap<String, List<Integer>> slots = new TreeMap<>();
  private final @Nullable String[] cameras; // (capacity) the camera of a slot
  private final int[] positions; // (capacity) where the slot stands in its camera's list

  CameraIndex(int capacity) {
    cameras = new String[capacity];
    positions = new int[capacity];
  }

  /** Records that a slot now holds a group of a camera. */
  void put(int slot, String camera) {
    String before = cameras[slot];
    if (camera.equals(before)) {
      return;
    }
    if (before != null) {
      remove(slot, before);
    }
    List<Integer> own = slots.computeIfAbsent(camera, name -> new ArrayList<>());
    cameras[slot] = camera;
    positions[slot] = own.size();
    own.add(slot);
  }

  private void remove(int slot, String camera) {
    List<Integer> own = slots.get(camera);
    int last = own.remove(own.size() - 1);
    if (last != slot) {
      own.set(positions[slot], last);
      positions[last] = positions[slot];
    }
    if (own.isEmpty()) {
      slots.remove(camera);
    }
  }

  /** The slots of a camera; empty if none is held. */
  List<Integer> slots(String camera) {
    return slots.getOrDefault(camera, List.of());
  }

  /** The names of the cameras with groups in memory, sorted. */
  List<String> cameras() {
    return List.copyOf(slots.keySet());
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(slots.size());
    for (var entry : slots.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeInt(entry.getValue().size());
      for (int slot : entry.getValue()) {
        out.writeInt(slot);
      }
    }
  }

  /** Continues from what {@link #write} wrote; only for an empty index. */
  void read(DataInput in) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String camera = in.readUTF();
      int own = in.readInt();
      for (int j = 0; j < own; j++) {
        put(in.readInt(), camera);
      }
    }
  }
}
