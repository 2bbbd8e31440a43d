package io.afterimage.train.memory;

/**
 * How much is remembered.
 *
 * @param capacity positive groups in the long tier
 * @param eviction which group makes room when the long tier is full
 */
public record MemorySettings(int capacity, Eviction eviction) {
  public MemorySettings {
    if (capacity < 0) {
      throw new IllegalArgumentException("capacity must be >= 0, but was " + capacity);
    }
  }

  /** Which group makes room. */
  public enum Eviction {
    /** The oldest. */
    FIFO,
    /** The older one of the two that look most alike (Purushwalkam et al., 2022). */
    REDUNDANCY,
    /** Reservoir sampling: every group ever seen is kept with the same chance (Vitter, 1985). */
    RESERVOIR
  }
}
