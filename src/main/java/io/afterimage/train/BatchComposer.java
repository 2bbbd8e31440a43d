package io.afterimage.train;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.CameraDraw.Drawn;
import io.afterimage.train.memory.GroupStore;
import io.afterimage.train.memory.MemorySettings;
import io.afterimage.train.memory.ReplayMemory;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes mini-batches of a stream of groups, with replay in two tiers (after Memory Storyboard,
 * arXiv:2501.12254): what is fresh, and what is remembered.
 *
 * <p>Fresh groups wait until a mini-batch is due; then they are its first rows, the rest is drawn
 * from the long memory, and they move into that memory. As long as memory cannot fill the rest, a
 * mini-batch waits for more fresh groups instead.
 *
 * <p>The mini-batch under construction lies in places of the {@link GroupStore} behind those of the
 * memory, so that a checkpoint writes a few numbers only. The same groups in the same order give
 * the same mini-batches, also when {@link #write} and {@link #read} come in between.
 */
public final class BatchComposer {
  private static final int VERSION = 2;

  private final BatchSettings settings;
  private final int firstFreshSlot;
  private final GroupStore store;
  private final ReplayMemory memory;
  private final CameraDraw cameras;
  private int fresh;
  private long framesSeen;
  private long groupsSeen;

  /**
   * An empty composer.
   *
   * @param store has places 0 to {@link #slots} - 1
   * @param seed of the draws from memory
   */
  public BatchComposer(BatchSettings batch, MemorySettings memory, GroupStore store, long seed) {
    if (memory.capacity() < batch.groups() - batch.freshGroups()) {
      throw new IllegalArgumentException(
          ("memory.capacity must hold the replayed part of a mini-batch, batch.groups -"
                  + " batch.fresh-groups = %d, but was %d")
              .formatted(batch.groups() - batch.freshGroups(), memory.capacity()));
    }
    this.settings = batch;
    this.store = store;
    this.memory = new ReplayMemory(memory, store, seed);
    cameras = new CameraDraw(batch, this.memory);
    firstFreshSlot = memory.capacity();
  }

  /** How many places a store must have. */
  public static int slots(BatchSettings batch, MemorySettings memory) {
    return memory.capacity() + batch.groups();
  }

  /** Takes in a group; gives the mini-batches that are due by it, mostly none. */
  public List<MiniBatch> accept(PositiveGroup group) {
    store.put(firstFreshSlot + fresh, group);
    fresh++;
    groupsSeen++;
    framesSeen += group.frames();
    if (fresh < settings.freshGroups() || fresh + memory.size() < settings.groups()) {
      return List.of();
    }
    List<PositiveGroup> newest = takeFresh();
    List<MiniBatch> due = new ArrayList<>(settings.stepsPerBatch());
    for (int i = 0; i < settings.stepsPerBatch(); i++) {
      due.add(compose(newest, group.lastCaptureTimeMillis()));
    }
    newest.forEach(memory::add);
    return due;
  }

  private List<PositiveGroup> takeFresh() {
    List<PositiveGroup> groups = new ArrayList<>(fresh);
    for (int i = 0; i < fresh; i++) {
      groups.add(store.get(firstFreshSlot + i));
    }
    fresh = 0;
    return groups;
  }

  private MiniBatch compose(List<PositiveGroup> newest, long nowMillis) {
    Drawn drawn = settings.cameras() == 0 ? ofAnyCamera(newest) : cameras.draw(newest);
    double age =
        drawn.groups().stream()
            .skip(drawn.fresh())
            .mapToLong(group -> nowMillis - group.lastCaptureTimeMillis())
            .average()
            .orElse(Double.NaN);
    return new MiniBatch(drawn.groups(), drawn.fresh(), framesSeen, groupsSeen, age, memory.fill());
  }

  private Drawn ofAnyCamera(List<PositiveGroup> newest) {
    List<PositiveGroup> groups = new ArrayList<>(newest);
    groups.addAll(memory.sample(settings.groups() - newest.size()));
    return new Drawn(groups, newest.size());
  }

  /** Writes all that later mini-batches depend on, but the groups, which lie in the store. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(fresh);
    out.writeLong(framesSeen);
    out.writeLong(groupsSeen);
    memory.write(out);
  }

  /**
   * Continues from what {@link #write} wrote, over the same store.
   *
   * @throws IOException if the state is of an unknown version or does not fit the settings
   */
  public void read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version < 1 || version > VERSION) {
      throw new IOException(
          "the composer's state has version %d, but only 1 to %d are known"
              .formatted(version, VERSION));
    }
    fresh = in.readInt();
    if (fresh >= settings.groups()) {
      throw new IOException(
          "the state holds %d fresh groups, but batch.groups is %d now"
              .formatted(fresh, settings.groups()));
    }
    framesSeen = in.readLong();
    groupsSeen = in.readLong();
    memory.read(in, version > 1);
  }
}
