package io.afterimage.train.memory;

import io.afterimage.pairing.PositiveGroup;

/** Numbered places for positive groups: an array, or keyed state. */
public interface GroupStore {
  /**
   * The group in a place.
   *
   * @throws IllegalStateException if the place was never filled
   */
  PositiveGroup get(int slot);

  /** Puts a group into a place, over whatever lay there. */
  void put(int slot, PositiveGroup group);
}
