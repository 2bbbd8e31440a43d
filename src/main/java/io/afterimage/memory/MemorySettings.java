package io.afterimage.memory;

/**
 * How much is remembered.
 *
 * @param capacity positive groups in the long tier
 * @param eviction which group makes room when the long tier is full
 */
public record MemorySettings(int capacity, Eviction eviction) {
  /** Which group makes room. */
  public enum Eviction {
    /** The oldest. */
    FIFO,
    /** Reservoir sampling: every group ever seen is kept with the same chance (Vitter, 1985). */
    RESERVOIR
  }
}
