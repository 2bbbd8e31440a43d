package io.afterimage.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.CameraDraw.Drawn;
import io.afterimage.train.memory.ArrayGroupStore;
import io.afterimage.train.memory.Groups;
import io.afterimage.train.memory.MemorySettings;
import io.afterimage.train.memory.MemorySettings.Eviction;
import io.afterimage.train.memory.ReplayMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CameraDrawTest {
  private static final int CAPACITY = 1000;

  private final ReplayMemory memory =
      new ReplayMemory(
          new MemorySettings(CAPACITY, Eviction.FIFO), new ArrayGroupStore(CAPACITY), 3);
  private long time;

  private List<PositiveGroup> groups(String camera, int count) {
    List<PositiveGroup> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      groups.add(Groups.at(camera, ++time));
    }
    return groups;
  }

  private void remember(String camera, int count) {
    groups(camera, count).forEach(memory::add);
  }

  private Drawn draw(int groups, int cameras, List<PositiveGroup> fresh) {
    return new CameraDraw(new BatchSettings(groups, 1, 1, cameras), memory).draw(fresh);
  }

  private static Map<String, Long> counts(Drawn drawn) {
    return drawn.groups().stream()
        .collect(Collectors.groupingBy(PositiveGroup::camera, Collectors.counting()));
  }

  @Test
  void draw_manyCameras_takesEqualSharesOfAsManyAsSet() {
    for (int camera = 0; camera < 40; camera++) {
      remember("camera-" + camera, 20);
    }
    Drawn drawn = draw(32, 3, List.of());
    assertThat(counts(drawn).values()).containsExactlyInAnyOrder(11L, 11L, 10L);
    assertThat(drawn.groups()).doesNotHaveDuplicates();
  }

  @Test
  void draw_busyAndQuietCameras_givesThemEqualChances() {
    remember("busy", 900);
    remember("quiet-1", 32);
    remember("quiet-2", 32);
    Map<String, Integer> drawn = new HashMap<>();
    int rounds = 3000;
    for (int i = 0; i < rounds; i++) {
      counts(draw(32, 1, List.of()))
          .keySet()
          .forEach(camera -> drawn.merge(camera, 1, Integer::sum));
    }
    double expected = rounds / 3.0;
    double deviation = Math.sqrt(expected * 2 / 3);
    assertThat(drawn.values())
        .hasSize(3)
        .allSatisfy(
            count ->
                assertThat((double) count)
                    .isBetween(expected - 5 * deviation, expected + 5 * deviation));
  }

  @Test
  void draw_cameraBelowItsShare_isLeftToOthers() {
    remember("large", 40);
    remember("small", 15);
    for (int i = 0; i < 50; i++) {
      assertThat(counts(draw(16, 1, List.of()))).containsOnlyKeys("large");
    }
  }

  @Test
  void draw_noCameraFillsItsShare_takesThoseWithTheMostGroupsFirst() {
    remember("a", 3);
    remember("b", 9);
    remember("c", 7);
    assertThat(counts(draw(16, 1, List.of()))).isEqualTo(Map.of("b", 9L, "c", 7L));
  }

  @Test
  void draw_oneCameraAndShareOfTwo_takesAllOfIt() {
    remember("only", 40);
    assertThat(counts(draw(32, 2, List.of()))).isEqualTo(Map.of("only", 32L));
  }

  @Test
  void draw_freshGroupsOfADrawnCamera_standFirstAndAreUsed() {
    remember("only", 40);
    List<PositiveGroup> fresh = groups("only", 5);
    Drawn drawn = draw(32, 1, fresh);
    assertThat(drawn.fresh()).isEqualTo(5);
    assertThat(drawn.groups()).startsWith(fresh.toArray(PositiveGroup[]::new)).hasSize(32);
  }

  @Test
  void draw_freshGroupsOfOtherCameras_areNotUsed() {
    remember("large", 40);
    Drawn drawn = draw(32, 1, groups("new", 4));
    assertThat(drawn.fresh()).isZero();
    assertThat(counts(drawn)).containsOnlyKeys("large");
  }
}
