package io.afterimage.frame;

/**
 * Counts of the faults that a source has met and recovered from.
 *
 * @param clockJumps times that its timestamps jumped: a single stray timestamp, or a clock that
 *     restarted
 * @param cutShort times that it ended before its declared end
 */
public record SourceFaults(long clockJumps, long cutShort) {
  public static final SourceFaults NONE = new SourceFaults(0, 0);

  /** These and one more jump. */
  public SourceFaults withClockJump() {
    return new SourceFaults(clockJumps + 1, cutShort);
  }

  /** These and one more early end. */
  public SourceFaults withCutShort() {
    return new SourceFaults(clockJumps, cutShort + 1);
  }
}
