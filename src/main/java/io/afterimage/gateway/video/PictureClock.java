package io.afterimage.gateway.video;

/**
 * The time of each picture since the first one, from timestamps that may be missing, repeat, or
 * jump. Times never decrease.
 *
 * <ul>
 *   <li>A picture without a timestamp, or with its predecessor's, is placed one interval after it.
 *   <li>A timestamp that jumps is not trusted at once: its picture is placed one interval after its
 *       predecessor. If the next timestamp continues from before the jump, the jump was a stray
 *       timestamp. If it continues from the jump, the stream's clock restarted (concatenated files,
 *       a restarted encoder), and times continue from there.
 *   <li>A long step forward that the next timestamp reverts is a stray timestamp, too.
 *   <li>A timestamp that wraps around, as the 33 bits of MPEG do after 26.5 hours, is not a jump.
 * </ul>
 */
final class PictureClock {
  /** The timestamp of a picture that has none. */
  static final long MISSING = Long.MIN_VALUE;

  private static final long LONG_STEP_INTERVALS = 2;

  private final long interval;
  private final long maxGap;
  private final long wrap;

  /** The last trusted timestamp, unwrapped. */
  private long believed = MISSING;

  /** The time of a trusted timestamp of zero. */
  private long offset;

  private long suspect = MISSING;
  private long suspectTime;
  private long time = MISSING;
  private long jumps;
  private long lastJump;

  /**
   * @param intervalMicros from one picture to the next, if timestamps do not give it
   * @param maxGapMicros the longest step forward that is not a jump
   * @param wrapMicros the timestamp at which the clock wraps around to zero, or 0 if there is none
   */
  PictureClock(long intervalMicros, long maxGapMicros, long wrapMicros) {
    if (intervalMicros < 1 || maxGapMicros < intervalMicros || wrapMicros < 0) {
      throw new IllegalArgumentException(
          "1 <= interval <= maxGap and wrap >= 0 must hold, but they were %d, %d and %d"
              .formatted(intervalMicros, maxGapMicros, wrapMicros));
    }
    this.interval = intervalMicros;
    this.maxGap = maxGapMicros;
    this.wrap = wrapMicros;
  }

  /** Whether the time of a picture depends on the timestamp after it. */
  boolean needsNext(long stampMicros) {
    return stampMicros != MISSING
        && believed != MISSING
        && follows(believed, stampMicros)
        && step(believed, stampMicros) > LONG_STEP_INTERVALS * interval;
  }

  /**
   * The next picture's time.
   *
   * @param stampMicros its timestamp, or {@link #MISSING}
   * @param nextMicros the timestamp after it if it is needed, or {@link #MISSING}
   * @return microseconds since the first picture
   */
  long timeOf(long stampMicros, long nextMicros) {
    if (time == MISSING) {
      time = 0;
      believe(stampMicros);
    } else if (stampMicros == MISSING || suspect == MISSING && stampMicros == believed) {
      time += interval;
    } else if (believed == MISSING) {
      time += interval;
      believe(stampMicros);
    } else if (follows(believed, stampMicros) && !takenBack(stampMicros, nextMicros)) {
      goOnTo(believed + step(believed, stampMicros));
    } else if (suspect != MISSING && follows(suspect, stampMicros)) {
      offset = suspectTime - suspect;
      goOnTo(suspect + step(suspect, stampMicros));
    } else {
      jumps++;
      lastJump = step(believed, stampMicros);
      time += interval;
      suspect = stampMicros;
      suspectTime = time;
    }
    return time;
  }

  private void believe(long stampMicros) {
    believed = stampMicros;
    if (stampMicros != MISSING) {
      offset = time - stampMicros;
    }
  }

  private void goOnTo(long stamp) {
    believed = stamp;
    suspect = MISSING;
    time = Math.max(offset + stamp, time + 1);
  }

  private boolean takenBack(long stamp, long next) {
    return needsNext(stamp) && next != MISSING && step(stamp, next) <= 0 && follows(believed, next);
  }

  private boolean follows(long earlier, long later) {
    long step = step(earlier, later);
    return step > 0 && step <= maxGap;
  }

  /** The difference between two timestamps, the shorter way around. */
  private long step(long from, long to) {
    long step = to - from;
    return wrap == 0 ? step : Math.floorMod(step + wrap / 2, wrap) - wrap / 2;
  }

  /** Jumps so far: stray timestamps, and restarts of the stream's clock. */
  long jumps() {
    return jumps;
  }

  /** The size of the last jump (microseconds); negative if backward. */
  long lastJumpMicros() {
    return lastJump;
  }
}
