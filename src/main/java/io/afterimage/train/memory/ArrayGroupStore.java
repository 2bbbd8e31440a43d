package io.afterimage.train.memory;

import io.afterimage.pairing.PositiveGroup;
import org.jspecify.annotations.Nullable;

/** A store in an array, for tests, evaluations and benchmarks. */
public final class ArrayGroupStore implements GroupStore {
  private final @Nullable PositiveGroup[] groups;

  public ArrayGroupStore(int slots) {
    groups = new PositiveGroup[slots];
  }

  @Override
  public PositiveGroup get(int slot) {
    PositiveGroup group = groups[slot];
    if (group == null) {
      throw new IllegalStateException("slot " + slot + " was never filled");
    }
    return group;
  }

  @Override
  public void put(int slot, PositiveGroup group) {
    groups[slot] = group;
  }
}
