package io.afterimage.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.pairing.PositiveGroup;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelledStreamTest {
  private static final int COUNT = 1500;

  @Test
  void play_balanced_hasTheClassPrior() {
    assertThat(classPrior(StreamKind.balanced(4))).isCloseTo(0.25, within(0.02));
  }

  @Test
  void play_skewed_hasTheClassPrior() {
    // 0.9^2 + 0.1^2
    assertThat(classPrior(StreamKind.skewed(2, 0.9))).isCloseTo(0.82, within(0.05));
  }

  @Test
  void play_regimes_showsOneClassAtATime() {
    LabelledStream stream = play(StreamKind.balanced(4).withRegimes("regimes", 60));
    int[] classes =
        stream.groups().stream().mapToInt(group -> stream.truth(group).objectClass()).toArray();
    long changes = IntStream.range(1, COUNT).filter(i -> classes[i] != classes[i - 1]).count();
    // Eight cameras whose visits end at different times: a few changes to and fro at each border.
    assertThat(changes).isBetween(3L, 100L);
  }

  @Test
  void play_switch_changesThePriorInTheMiddle() {
    StreamKind kind = StreamKind.balanced(2).withSwitch("switch", new double[] {0.95, 0.05});
    LabelledStream stream = play(kind);
    assertThat(shareOfFirst(stream, 0, COUNT / 3)).isCloseTo(0.5, within(0.15));
    assertThat(shareOfFirst(stream, COUNT - 200, COUNT)).isGreaterThan(0.8);
  }

  @Test
  void play_sameSeed_sameStream() {
    PositiveGroup one = play(StreamKind.balanced(3)).groups().get(100);
    PositiveGroup other = play(StreamKind.balanced(3)).groups().get(100);
    assertThat(one.pixels()).isEqualTo(other.pixels());
    assertThat(one.camera()).isEqualTo(other.camera());
  }

  private static double shareOfFirst(LabelledStream stream, int from, int to) {
    return IntStream.range(from, to)
            .filter(i -> stream.truth(stream.groups().get(i)).objectClass() == 0)
            .count()
        / (double) (to - from);
  }

  private static double classPrior(StreamKind kind) {
    return Evaluation.classPrior(play(kind), kind.classes());
  }

  private static LabelledStream play(StreamKind kind) {
    return LabelledStream.play(
        kind, ObjectSet.procedural().of(kind.classes()), Trial.pairing(2, 1), 16, COUNT, 100, 1);
  }
}
