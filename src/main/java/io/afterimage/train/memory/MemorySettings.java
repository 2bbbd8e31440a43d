package io.afterimage.train.memory;

/**
 * Settings of the replay memory.
 *
 * @param capacity positive groups in the long tier
 * @param eviction policy when the long tier is full
 */
public record MemorySettings(int capacity, Eviction eviction) {
  public MemorySettings {
    if (capacity < 0) {
      throw new IllegalArgumentException("capacity must be >= 0, but was " + capacity);
    }
  }

  /** The eviction policy. */
  public enum Eviction {
    /** Evicts the oldest group. */
    FIFO,
    /** Evicts the older of the two most similar groups (Purushwalkam et al., 2022). */
    REDUNDANCY,
    /**
     * Reservoir sampling: every group seen so far is kept with the same probability (Vitter, 1985).
     */
    RESERVOIR
  }
}
