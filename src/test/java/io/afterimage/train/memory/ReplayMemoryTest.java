package io.afterimage.train.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.random.SplitMix64;
import io.afterimage.train.memory.MemorySettings.Eviction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReplayMemoryTest {
  private static final int CAPACITY = 10;

  private static ReplayMemory memory(Eviction eviction, GroupStore store, long seed) {
    return new ReplayMemory(new MemorySettings(CAPACITY, eviction), store, seed);
  }

  private static List<Long> times(List<PositiveGroup> groups) {
    return groups.stream().map(PositiveGroup::lastCaptureTimeMillis).toList();
  }

  @Test
  void add_fullFifo_keepsTheNewest() {
    ReplayMemory memory = memory(Eviction.FIFO, new ArrayGroupStore(CAPACITY), 1);
    for (int time = 1; time <= 25; time++) {
      memory.add(Groups.at(time));
    }
    assertThat(times(memory.sample(CAPACITY)))
        .containsExactlyInAnyOrder(16L, 17L, 18L, 19L, 20L, 21L, 22L, 23L, 24L, 25L);
  }

  @Test
  void add_fullReservoir_keepsEveryGroupWithTheSameChance() {
    int rounds = 4000;
    int[] kept = new int[41];
    for (int seed = 0; seed < rounds; seed++) {
      ReplayMemory memory = memory(Eviction.RESERVOIR, new ArrayGroupStore(CAPACITY), seed);
      for (int time = 1; time <= 40; time++) {
        memory.add(Groups.at(time));
      }
      times(memory.sample(CAPACITY)).forEach(time -> kept[time.intValue()]++);
    }
    double expected = rounds * CAPACITY / 40.0;
    double deviation = Math.sqrt(expected * (1 - CAPACITY / 40.0));
    for (int time = 1; time <= 40; time++) {
      assertThat((double) kept[time]).isBetween(expected - 5 * deviation, expected + 5 * deviation);
    }
  }

  @Test
  void add_fullRedundancy_givesUpTheOlderOfTheMostAlike() {
    ReplayMemory memory = memory(Eviction.REDUNDANCY, new ArrayGroupStore(CAPACITY), 1);
    // Ten brightnesses far apart, then many like the last one: only the newest of those stays.
    for (int time = 1; time <= CAPACITY; time++) {
      memory.add(Groups.at(time, 20 * time));
    }
    memory.add(Groups.at(11, 202));
    assertThat(times(memory.sample(CAPACITY)))
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 11L);
    for (int time = 12; time <= 40; time++) {
      memory.add(Groups.at(time, 200 + time % 3));
    }
    assertThat(times(memory.sample(CAPACITY)))
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 40L);
  }

  @Test
  void read_redundancy_goesOnAlike() throws IOException {
    SplitMix64 random = new SplitMix64(3);
    ArrayGroupStore store = new ArrayGroupStore(CAPACITY);
    ReplayMemory memory = memory(Eviction.REDUNDANCY, store, 5);
    for (int time = 1; time <= 60; time++) {
      memory.add(Groups.at(time, random.nextInt(256)));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    memory.write(new DataOutputStream(bytes));
    ArrayGroupStore copy = new ArrayGroupStore(CAPACITY);
    for (int slot = 0; slot < CAPACITY; slot++) {
      copy.put(slot, store.get(slot));
    }
    ReplayMemory restored = memory(Eviction.REDUNDANCY, copy, 99);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), true);
    for (int time = 61; time <= 120; time++) {
      PositiveGroup group = Groups.at(time, random.nextInt(256));
      memory.add(group);
      restored.add(group);
    }
    assertThat(times(restored.sample(CAPACITY))).isEqualTo(times(memory.sample(CAPACITY)));
  }

  @Test
  void sample_any_drawsNothingTwice() {
    ReplayMemory memory = memory(Eviction.FIFO, new ArrayGroupStore(CAPACITY), 3);
    for (int time = 1; time <= 7; time++) {
      memory.add(Groups.at(time));
    }
    Set<Long> drawn = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      List<Long> times = times(memory.sample(4));
      assertThat(times).doesNotHaveDuplicates().hasSize(4);
      drawn.addAll(times);
    }
    assertThat(drawn).hasSize(7);
  }

  @Test
  void sample_moreThanHeld_isRefused() {
    ReplayMemory memory = memory(Eviction.FIFO, new ArrayGroupStore(CAPACITY), 3);
    memory.add(Groups.at(1));
    assertThatThrownBy(() -> memory.sample(2)).hasMessage("count must be in [0, 1], but was 2");
  }

  @Test
  void read_ofWhatWasWritten_goesOnAlike() throws IOException {
    ArrayGroupStore store = new ArrayGroupStore(CAPACITY);
    ReplayMemory memory = memory(Eviction.RESERVOIR, store, 5);
    for (int time = 1; time <= 33; time++) {
      memory.add(Groups.at(time));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    memory.write(new DataOutputStream(bytes));
    ReplayMemory restored = memory(Eviction.RESERVOIR, store, 99);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), true);
    assertThat(restored.size()).isEqualTo(memory.size());
    assertThat(times(restored.sample(6))).isEqualTo(times(memory.sample(6)));
  }

  @Test
  void read_ofAnotherCapacity_namesTheOption() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    memory(Eviction.FIFO, new ArrayGroupStore(CAPACITY), 5).write(new DataOutputStream(bytes));
    ReplayMemory other =
        new ReplayMemory(new MemorySettings(11, Eviction.FIFO), new ArrayGroupStore(11), 5);
    assertThatThrownBy(
            () ->
                other.read(
                    new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), true))
        .hasMessage("memory.capacity was 10 when the state was written, but is 11 now");
  }

  @Test
  void sampleOfACamera_afterManyEvictions_drawsAllThatTheStoreHoldsOfIt() {
    GroupStore store = new ArrayGroupStore(CAPACITY);
    ReplayMemory memory = memory(Eviction.RESERVOIR, store, 5);
    SplitMix64 random = new SplitMix64(1);
    for (int time = 1; time <= 500; time++) {
      memory.add(Groups.at("camera-" + random.nextInt(4), time));
      for (String camera : memory.cameras()) {
        List<PositiveGroup> held = new ArrayList<>();
        for (int slot = 0; slot < memory.size(); slot++) {
          if (store.get(slot).camera().equals(camera)) {
            held.add(store.get(slot));
          }
        }
        assertThat(memory.sample(camera, memory.size(camera)))
            .containsExactlyInAnyOrderElementsOf(held);
      }
    }
  }
}
