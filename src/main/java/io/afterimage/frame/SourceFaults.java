package io.afterimage.frame;

/**
 * What a source met that is not as it should be, and read on.
 *
 * @param clockJumps times that its timestamps jumped: a stray one, or a clock that began anew
 * @param cutShort times that it ended before the end that it declares
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
