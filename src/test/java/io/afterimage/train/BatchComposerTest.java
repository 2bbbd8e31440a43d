package io.afterimage.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.memory.ArrayGroupStore;
import io.afterimage.train.memory.GroupStore;
import io.afterimage.train.memory.Groups;
import io.afterimage.train.memory.MemorySettings;
import io.afterimage.train.memory.MemorySettings.Eviction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchComposerTest {
  private static final MemorySettings MEMORY = new MemorySettings(20, Eviction.RESERVOIR);

  private static BatchComposer composer(BatchSettings batch, GroupStore store) {
    return new BatchComposer(batch, MEMORY, store, 7);
  }

  private static GroupStore store(BatchSettings batch) {
    return new ArrayGroupStore(BatchComposer.slots(batch, MEMORY));
  }

  private static List<Long> times(MiniBatch batch) {
    return batch.groups().stream().map(PositiveGroup::lastCaptureTimeMillis).toList();
  }

  @Test
  void accept_emptyMemory_waitsForAWholeBatchOfFreshGroups() {
    BatchSettings batch = new BatchSettings(6, 2, 1, 0);
    BatchComposer composer = composer(batch, store(batch));
    for (int time = 1; time <= 5; time++) {
      assertThat(composer.accept(Groups.at(time))).isEmpty();
    }
    MiniBatch first = composer.accept(Groups.at(6)).get(0);
    assertThat(times(first)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(first.fresh()).isEqualTo(6);
    assertThat(first.replayAgeMillis()).isNaN();
  }

  @Test
  void accept_filledMemory_putsFreshGroupsFirstAndReplaysTheRest() {
    BatchSettings batch = new BatchSettings(6, 2, 1, 0);
    BatchComposer composer = composer(batch, store(batch));
    for (int time = 1; time <= 7; time++) {
      composer.accept(Groups.at(time));
    }
    MiniBatch second = composer.accept(Groups.at(8)).get(0);
    assertThat(times(second)).startsWith(7L, 8L).hasSize(6).doesNotHaveDuplicates();
    assertThat(times(second).subList(2, 6)).allMatch(time -> time <= 6);
    assertThat(second.fresh()).isEqualTo(2);
    assertThat(second.groupsSeen()).isEqualTo(8);
    assertThat(second.framesSeen()).isEqualTo(24);
  }

  @Test
  void accept_severalStepsPerBatch_drawsTheRestAnew() {
    BatchSettings batch = new BatchSettings(6, 2, 3, 0);
    BatchComposer composer = composer(batch, store(batch));
    List<MiniBatch> due = List.of();
    for (int time = 1; time <= 18; time++) {
      due = composer.accept(Groups.at(time));
    }
    assertThat(due).hasSize(3).allSatisfy(each -> assertThat(times(each)).startsWith(17L, 18L));
    assertThat(due.stream().map(BatchComposerTest::times).distinct()).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void read_ofWhatWasWrittenAnywhere_goesOnAlike(int cameras) throws IOException {
    BatchSettings batch = new BatchSettings(6, 3, 2, cameras);
    BatchComposer whole = composer(batch, store(batch));
    List<List<Long>> expected = new ArrayList<>();
    for (int time = 1; time <= 60; time++) {
      whole.accept(ofFourCameras(time)).forEach(each -> expected.add(times(each)));
    }
    GroupStore store = store(batch);
    BatchComposer broken = composer(batch, store);
    List<List<Long>> actual = new ArrayList<>();
    for (int time = 1; time <= 60; time++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      broken.write(new DataOutputStream(bytes));
      broken = new BatchComposer(batch, MEMORY, store, -1);
      broken.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      broken.accept(ofFourCameras(time)).forEach(each -> actual.add(times(each)));
    }
    assertThat(actual).isEqualTo(expected).hasSizeGreaterThan(30);
  }

  private static PositiveGroup ofFourCameras(int time) {
    return Groups.at("camera-" + (time * 7 / 3) % 4, time);
  }

  @Test
  void composer_memoryTooSmall_namesTheOptions() {
    BatchSettings batch = new BatchSettings(32, 4, 1, 0);
    assertThatThrownBy(() -> composer(batch, store(batch)))
        .hasMessage(
            "memory.capacity must hold the replayed part of a mini-batch, batch.groups -"
                + " batch.fresh-groups = 28, but was 20");
  }
}
