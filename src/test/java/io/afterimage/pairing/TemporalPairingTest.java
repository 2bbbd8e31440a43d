package io.afterimage.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.afterimage.frame.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemporalPairingTest {
  private static final int SIZE = 4;
  private static final long START = 1_700_000_000_000L;

  private final Map<PairingEvent, Integer> events = new EnumMap<>(PairingEvent.class);
  private CameraState state = new CameraState("gate");

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void accept_steadyCamera_keepsEveryPairWithinTheWindow(int views) {
    List<PositiveGroup> groups = run(pairing(views, 500), steady(0, 2000, 100));
    assertThat(groups).hasSizeGreaterThan(90);
    for (PositiveGroup group : groups) {
      long[] times = group.captureTimesMillis();
      assertThat(times).hasSize(views);
      for (int i = 0; i < views; i++) {
        for (int j = i + 1; j < views; j++) {
          assertThat(times[j] - times[i]).isBetween(200L, 2000L);
        }
      }
    }
  }

  @Test
  void accept_steadyCamera_coversTheWindow() {
    int[] spans = new int[21];
    for (PositiveGroup group : run(pairing(2, 0), steady(0, 40_000, 100))) {
      spans[(int) (span(group) / 100)]++;
    }
    int groups = Arrays.stream(spans).sum();
    assertThat(spans[0] + spans[1]).isZero();
    for (int tenths = 3; tenths < 20; tenths++) {
      assertThat(spans[tenths]).as("spans of %d00 ms", tenths).isBetween(groups / 30, groups / 11);
    }
    assertThat(spans[2]).isPositive();
    assertThat(spans[20]).isPositive();
  }

  @Test
  void accept_anyFrames_usesEachInAtMostOneGroup() {
    List<Long> used = new ArrayList<>();
    for (PositiveGroup group : run(pairing(3, 500), steady(0, 1000, 70))) {
      Arrays.stream(group.captureTimesMillis()).forEach(used::add);
    }
    assertThat(used).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void accept_anyFrames_countsEveryAcceptedFrameOnce() {
    Random random = new Random(3);
    List<Frame> frames = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < 3000; i++) {
      time += random.nextInt(200) < 199 ? 30 + random.nextInt(100) : 7000;
      int shade = random.nextInt(50) == 0 ? random.nextInt(256) : i / 20 % 2 * 20 + i % 3;
      frames.add(frame(time, shade));
    }
    TemporalPairing pairing = pairing(2, 500);
    long counted = run(pairing, frames).stream().mapToInt(PositiveGroup::frames).sum();
    counted += pairing.flush(state).stream().mapToInt(PositiveGroup::frames).sum();
    assertThat(counted + state.carried).isEqualTo(3000);
    assertThat(events.keySet()).contains(PairingEvent.CUT, PairingEvent.OUTAGE, PairingEvent.STILL);
  }

  @Test
  void accept_disorderWithinTheAllowed_givesTheGroupsOfTheOrderedFrames() {
    List<Frame> frames = steady(0, 500, 100);
    List<PositiveGroup> ordered = runAll(pairing(2, 500), frames);
    state = new CameraState("gate");
    List<Frame> shuffled = new ArrayList<>(frames);
    Random random = new Random(5);
    for (int from = 0; from + 5 <= shuffled.size(); from += 5) {
      Collections.shuffle(shuffled.subList(from, from + 5), random);
    }
    assertThat(shuffled).isNotEqualTo(frames);
    assertSame(runAll(pairing(2, 500), shuffled), ordered);
    assertThat(events).doesNotContainKey(PairingEvent.LATE);
  }

  @Test
  void accept_olderThanWhatWasUsed_isLateAndCountedNowhereElse() {
    TemporalPairing pairing = pairing(2, 300);
    List<Frame> frames = steady(0, 40, 100);
    Frame late = frames.remove(10);
    frames.add(20, late);
    long counted = runAll(pairing, frames).stream().mapToInt(PositiveGroup::frames).sum();
    assertThat(events.get(PairingEvent.LATE)).isEqualTo(1);
    assertThat(counted + state.carried).isEqualTo(39);
  }

  @Test
  void accept_silenceLongerThanOutage_neverPairsAcrossIt() {
    List<Frame> frames = new ArrayList<>();
    for (int visit = 0; visit < 50; visit++) {
      frames.addAll(steady(visit * 6000L, 3 + visit % 4, 100)); // 0.3 to 0.6 s, then 5.4 s nothing
    }
    TemporalPairing wide =
        new TemporalPairing(
            new PairingSettings(2, ms(200), ms(60_000), ms(5000), ms(0), 0.5, 0, 1), this::count);
    for (PositiveGroup group : runAll(wide, frames)) {
      assertThat(span(group)).isLessThan(700);
    }
    assertThat(events.get(PairingEvent.OUTAGE)).isEqualTo(49);
  }

  @Test
  void accept_sceneCut_neverPairsAcrossIt() {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      frames.add(frame(i * 100L, (i / 7 % 2 == 0 ? 40 : 200) + i % 7 * 3));
    }
    List<PositiveGroup> groups = runAll(pairing(2, 300), frames);
    assertThat(groups).isNotEmpty();
    for (PositiveGroup group : groups) {
      int first = group.pixels()[0] & 0xFF;
      int second = group.pixels()[Frame.bytes(SIZE)] & 0xFF;
      assertThat(Math.abs(first - second)).isLessThan(40);
    }
    assertThat(events.get(PairingEvent.CUT)).isEqualTo(600 / 7);
  }

  @Test
  void accept_stillScene_givesNoGroupUntilSomethingMoves() {
    TemporalPairing pairing = pairing(2, 0);
    List<Frame> still = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      still.add(frame(i * 100L, 90));
    }
    assertThat(run(pairing, still)).isEmpty();
    assertThat(events.get(PairingEvent.STILL)).isPositive();
    List<Frame> moving = new ArrayList<>();
    for (int i = 300; i < 330; i++) {
      moving.add(frame(i * 100L, 90 + i % 2 * 10));
    }
    List<PositiveGroup> groups = run(pairing, moving);
    assertThat(groups).isNotEmpty();
    assertThat(groups.get(0).frames()).isGreaterThan(300);
  }

  @Test
  void accept_windowMissed_dropsTheOldestViewAndGoesOn() {
    List<Frame> frames = steady(0, 100, 1900); // every pair of neighbours fits, none beyond
    List<PositiveGroup> pairs = runAll(pairing(2, 0), frames);
    assertThat(pairs).hasSizeGreaterThan(45).allMatch(group -> span(group) == 1900);
    state = new CameraState("gate");
    assertThat(runAll(pairing(3, 0), frames)).isEmpty();
    assertThat(events.get(PairingEvent.EXPIRED_VIEW)).isPositive();
    assertThat(state.open.size()).isZero();
    assertThat(state.carried).isEqualTo(100);
  }

  @Test
  void accept_oneStrayFromThePast_costsNothingElse() {
    List<Frame> frames = steady(0, 100, 100);
    List<PositiveGroup> undisturbed = runAll(pairing(2, 500), frames);
    state = new CameraState("gate");
    frames.add(50, frame(-3_600_000, 10));
    assertSame(runAll(pairing(2, 500), frames), undisturbed);
    assertThat(events.get(PairingEvent.LATE)).isEqualTo(1);
    assertThat(events).doesNotContainKey(PairingEvent.CLOCK_RESET);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500})
  void accept_oneStrayFromTheFuture_costsTheOpenGroup(int disorder) {
    List<Frame> frames = steady(0, 200, 100);
    frames.add(100, frame(3_600_000, 10));
    List<PositiveGroup> groups = runAll(pairing(2, disorder), frames);
    assertThat(events.get(PairingEvent.CLOCK_RESET)).isEqualTo(1);
    assertThat(groups.get(groups.size() - 1).lastCaptureTimeMillis()).isGreaterThan(START + 17_000);
    for (int i = 1; i < groups.size(); i++) {
      long unused =
          groups.get(i).captureTimesMillis()[0] - groups.get(i - 1).lastCaptureTimeMillis();
      assertThat(unused).isBetween(1L, 2000L + 3 * 100);
    }
  }

  @Test
  void accept_clockSetBack_startsAnewAfterThreeFrames() {
    List<Frame> frames = steady(0, 100, 100);
    frames.addAll(steady(-3_600_000, 100, 100));
    List<PositiveGroup> groups = runAll(pairing(2, 500), frames);
    assertThat(events.get(PairingEvent.CLOCK_RESET)).isEqualTo(1);
    assertThat(events.get(PairingEvent.LATE)).isEqualTo(2);
    long after = groups.stream().filter(group -> group.lastCaptureTimeMillis() < START).count();
    assertThat(after).isGreaterThan(5);
    assertThat(groups).allMatch(group -> span(group) <= 2000);
  }

  @Test
  void accept_clockStandsStill_boundsWhatWaits() {
    TemporalPairing pairing = pairing(2, 500);
    for (int i = 0; i < 1000; i++) {
      pairing.accept(state, frame(0, i % 256));
      assertThat(state.pending).hasSizeLessThanOrEqualTo(CameraState.MAX_PENDING);
    }
  }

  @Test
  void accept_labelledViews_labelTheGroupUnlessTheyDiffer() {
    assertThat(label(null, null)).isNull();
    assertThat(label("cat", null)).isEqualTo("cat");
    assertThat(label("cat", "cat")).isEqualTo("cat");
    assertThat(label("cat", "dog")).isNull();
  }

  /** The label of the first group of frames that are labelled in turn. */
  private static @Nullable String label(@Nullable String even, @Nullable String odd) {
    List<Frame> frames = steady(0, 60, 200);
    TemporalPairing pairing =
        new TemporalPairing(
            new PairingSettings(2, ms(200), ms(200), ms(5000), ms(0), 1, 0, 1), event -> {});
    CameraState state = new CameraState("gate");
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      String label = i % 2 == 0 ? even : odd;
      List<PositiveGroup> finished =
          pairing.accept(
              state,
              new Frame(
                  frame.camera(), frame.captureTimeMillis(), frame.size(), frame.pixels(), label));
      if (!finished.isEmpty()) {
        return finished.get(0).label();
      }
    }
    throw new AssertionError("no group was finished");
  }

  @Test
  void accept_otherFrameSize_startsANewGroup() {
    List<Frame> frames = steady(0, 5, 100);
    for (int i = 5; i < 40; i++) {
      frames.add(
          new Frame(
              "gate",
              START + i * 100,
              2,
              new byte[] {(byte) (9 * i), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
    }
    assertThat(runAll(pairing(2, 0), frames)).extracting(PositiveGroup::size).contains(2);
  }

  @Test
  void read_ofWhatWasWrittenAnywhere_goesOnAlike() throws IOException {
    List<Frame> frames = steady(0, 300, 90);
    frames.addAll(steady(-3_600_000, 100, 90));
    Collections.swap(frames, 100, 103);
    List<PositiveGroup> whole = runAll(pairing(3, 500), frames);
    state = new CameraState("gate");
    List<PositiveGroup> broken = new ArrayList<>();
    for (Frame frame : frames) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      state.write(new DataOutputStream(bytes));
      state = CameraState.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      broken.addAll(pairing(3, 500).accept(state, frame));
    }
    broken.addAll(pairing(3, 500).flush(state));
    assertSame(broken, whole);
  }

  @Test
  void copy_changedAfterwards_leavesTheOriginalAlone() {
    TemporalPairing pairing = pairing(2, 500);
    List<Frame> frames = steady(0, 60, 100);
    run(pairing, frames.subList(0, 30));
    CameraState original = state;
    state = original.copy();
    List<PositiveGroup> first = runAll(pairing, frames.subList(30, 60));
    state = original;
    assertSame(runAll(pairing, frames.subList(30, 60)), first);
  }

  @Test
  void accept_otherCamera_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pairing(2, 0).accept(new CameraState("door"), frame(0, 1)))
        .withMessage("the frame must be of camera door, but was of gate");
  }

  @Test
  void settings_valuesThatClash_sayWhy() {
    rejects("views must be at least 2, but was 1", 1, 200, 2000, 5000, 500, 0.15, 0.005);
    rejects("minGap must not be negative, but was PT-0.001S", 2, -1, 2000, 5000, 500, 0.15, 0.005);
    rejects("maxGap must be at least (views - 1) * minGap", 16, 200, 2000, 5000, 500, 0.15, 0.005);
    rejects("outage must be at least 1 ms, but was PT0S", 2, 200, 2000, 0, 0, 0.15, 0.005);
    rejects("disorder must be at most outage = PT0.4S", 2, 200, 2000, 400, 500, 0.15, 0.005);
    rejects("cutThreshold must be from 0 to 1, but was 2.0", 2, 0, 9, 9, 9, 2, 0.005);
    rejects("changeThreshold must be below cutThreshold = 0.1", 2, 0, 9, 9, 9, 0.1, 0.1);
  }

  private static void rejects(
      String message,
      int views,
      long min,
      long max,
      long outage,
      long disorder,
      double cut,
      double change) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PairingSettings(
                    views, ms(min), ms(max), ms(outage), ms(disorder), cut, change, 1))
        .withMessageContaining(message);
  }

  private TemporalPairing pairing(int views, long disorderMillis) {
    return new TemporalPairing(
        new PairingSettings(views, ms(200), ms(2000), ms(5000), ms(disorderMillis), 0.15, 0.003, 1),
        this::count);
  }

  private void count(PairingEvent event) {
    events.merge(event, 1, Integer::sum);
  }

  private List<PositiveGroup> run(TemporalPairing pairing, List<Frame> frames) {
    List<PositiveGroup> groups = new ArrayList<>();
    for (Frame frame : frames) {
      groups.addAll(pairing.accept(state, frame));
    }
    return groups;
  }

  private List<PositiveGroup> runAll(TemporalPairing pairing, List<Frame> frames) {
    List<PositiveGroup> groups = run(pairing, frames);
    groups.addAll(pairing.flush(state));
    return groups;
  }

  private static void assertSame(List<PositiveGroup> actual, List<PositiveGroup> expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    assertThat(actual).isNotEmpty();
  }

  private static long span(PositiveGroup group) {
    return group.lastCaptureTimeMillis() - group.captureTimesMillis()[0];
  }

  private static List<Frame> steady(long fromMillis, int count, long stepMillis) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.add(frame(fromMillis + i * stepMillis, 60 + i * 17 % 31));
    }
    return frames;
  }

  private static Frame frame(long timeMillis, int shade) {
    byte[] pixels = new byte[Frame.bytes(SIZE)];
    Arrays.fill(pixels, (byte) shade);
    return new Frame("gate", START + timeMillis, SIZE, pixels);
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
