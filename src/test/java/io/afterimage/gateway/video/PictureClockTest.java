package io.afterimage.gateway.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All in milliseconds: one interval is 40, the longest gap 10,000. */
class PictureClockTest {
  private static final long MISSING = PictureClock.MISSING;
  private static final long HOURS_10 = 36_000_000;
  private static final long WRAP = (1L << 33) / 90;

  /** Names a timestamp in the table: a number, a missing one, ten hours ahead, a wrap. */
  private static long stamp(String text) {
    if (text.equals("-")) {
      return MISSING;
    }
    long base = text.contains("h") ? HOURS_10 : text.contains("w") ? WRAP : 0;
    String rest = text.replaceAll("[hw]", "");
    return 1_000 * (base + (rest.isEmpty() ? 0 : Long.parseLong(rest)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "steady, 0 40 80 120, 0 40 80 120, 0",
    "steady and begins anywhere, 5000 5040 5080, 0 40 80, 0",
    "begins below zero, -80 -40 0 40, 0 40 80 120, 0",
    "drifts away from its rate, 0 41 82 123 164, 0 41 82 123 164, 0",
    "varies, 0 10 200 210 9000, 0 10 200 210 9000, 0",
    "a long step that is no jump, 0 40 10040 10080, 0 40 10040 10080, 0",
    "jumps back and stays, 0 40 80 0 40 80, 0 40 80 120 160 200, 1",
    "jumps back by one picture and stays, 0 40 80 40 80 120, 0 40 80 120 160 200, 1",
    "jumps ahead and stays, 0 40 80 h h40 h80, 0 40 80 120 160 200, 1",
    "jumps ahead just over the gap and stays, 0 40 10041 10081 10121, 0 40 80 120 160, 1",
    "jumps to another rhythm, 0 40 80 h h30 h70, 0 40 80 120 150 190, 1",
    "one stray ahead, 0 40 80 h 160 200, 0 40 80 120 160 200, 1",
    "one stray back, 0 40 80 -3600000 160 200, 0 40 80 120 160 200, 1",
    "one stray slightly back, 0 40 80 60 160 200, 0 40 80 120 160 200, 1",
    "one stray ahead by less than a gap, 0 40 80 9000 160 200, 0 40 80 120 160 200, 1",
    "the first one is stray, h 40 80 120, 0 40 80 120, 1",
    "the last one is stray, 0 40 80 h, 0 40 80 120, 1",
    "two strays apart, 0 h 80 -3600000 160, 0 40 80 120 160, 2",
    "two strays in a row, 0 40 h 7200000 160 200, 0 40 80 120 160 200, 2",
    "stray before it begins anew, 0 40 80 h 0 40 80, 0 40 80 120 160 200 240, 2",
    "begins anew twice, 0 40 0 40 0 40, 0 40 80 120 160 200, 2",
    "nothing but noise, 0 h 3600000 -9000000 7200000, 0 40 80 120 160, 4",
    "all are missing, - - - -, 0 40 80 120, 0",
    "every second is missing, 0 - 80 - 160, 0 40 80 120 160, 0",
    "the first ones are missing, - - 5000 5040, 0 40 80 120, 0",
    "missing around a jump, 0 40 - h - h80, 0 40 80 120 160 200, 1",
    "all are the same, 7 7 7 7, 0 40 80 120, 0",
    "each comes twice, 0 0 80 80 160 160, 0 40 80 120 160 200, 0",
    "one comes twice and overlaps, 0 40 40 80 120, 0 40 80 80 120, 0",
    "wraps around, w-80 w-40 0 40, 0 40 80 120, 0",
    "wraps around by a stray back to before, w-40 0 w-120 80, 0 40 80 120, 1",
    "wraps around and begins anew, w-40 0 40 3600000 3600040, 0 40 80 120 160, 1",
  })
  void timeOf_clock_goesOn(String name, String stamps, String times, long jumps) {
    PictureClock clock = new PictureClock(40_000, 10_000_000, WRAP * 1_000);
    List<Long> actual = new ArrayList<>();
    long last = -1;
    long[] all = Stream.of(stamps.split(" ")).mapToLong(PictureClockTest::stamp).toArray();
    for (int i = 0; i < all.length; i++) {
      boolean hasNext = i + 1 < all.length && clock.needsNext(all[i]);
      long time = clock.timeOf(all[i], hasNext ? all[i + 1] : MISSING);
      assertThat(time).as("times never stand still").isGreaterThan(last);
      last = time;
      actual.add(time / 1_000);
    }
    assertThat(actual.stream().map(String::valueOf).toList()).containsExactly(times.split(" "));
    assertThat(clock.jumps()).isEqualTo(jumps);
  }

  @Test
  void lastJumpMicros_jumps_areTheirSizes() {
    PictureClock clock = new PictureClock(40_000, 10_000_000, 0);
    clock.timeOf(0, MISSING);
    clock.timeOf(36_000_000_000L, MISSING);
    assertThat(clock.lastJumpMicros()).isEqualTo(36_000_000_000L);
    clock.timeOf(40_000, MISSING);
    clock.timeOf(-60_000, MISSING);
    assertThat(clock.lastJumpMicros()).isEqualTo(-100_000);
  }

  @Test
  void constructor_noInterval_throws() {
    assertThatThrownBy(() -> new PictureClock(0, 10, 0))
        .hasMessage("1 <= interval <= maxGap and wrap >= 0 must hold, but they were 0, 10 and 0");
  }
}
