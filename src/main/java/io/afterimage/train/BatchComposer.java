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
 * Composes mini-batches from a stream of groups, with replay in two tiers (after Memory Storyboard,
 * arXiv:2501.12254): fresh groups and replayed ones.
 *
 * <p>Fresh groups are buffered until a mini-batch is due. They become its first rows, the rest is
 * drawn from the long memory, and then the fresh groups move into that memory. While the memory
 * cannot fill the rest, a mini-batch waits for more fresh groups instead.
 *
 * <p>The buffered groups are stored in slots of the {@link GroupStore} behind those of the memory,
 * which keeps a checkpoint of the composer to a few numbers. The same groups in the same order give
 * the same mini-batches, even across {@link #write} and {@link #read}.
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
   * @param store has slots 0 to {@link #slots} - 1
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

  /** The number of slots that a store must have. */
  public static int slots(BatchSettings batch, MemorySettings memory) {
    return memory.capacity() + batch.groups();
  }

  /** Adds a group; returns the mini-batches that are now due, mostly none. */
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

  /** Writes the complete state except the groups, which are in the store. */
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
   * @throws IOException if the state is of an unknown version or does not match the settings
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
