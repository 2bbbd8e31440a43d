package io.afterimage.train.memory;

import io.afterimage.pairing.PositiveGroup;

/** Numbered slots for positive groups, in an array or in keyed state. */
public interface GroupStore {
  /**
   * The group in a slot.
   *
   * @throws IllegalStateException if the slot was never filled
   */
  PositiveGroup get(int slot);

  /** Puts a group into a slot, replacing its content. */
  void put(int slot, PositiveGroup group);
}
