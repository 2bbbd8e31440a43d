package io.afterimage.train.memory;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.random.SplitMix64;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The long tier of the replay memory: positive groups for replay.
 *
 * <p>The groups are in slots 0 to capacity - 1 of a {@link GroupStore}; the class's own state is
 * three numbers and an index of the slots by camera. Two memories with the same settings and seed
 * that receive the same groups in the same order hold and draw the same groups, even across {@link
 * #write} and {@link #read}.
 */
public final class ReplayMemory {
  private final MemorySettings settings;
  private final GroupStore store;
  private long seen;
  private SplitMix64 random;
  private CameraIndex cameras;
  private @Nullable Redundancy redundancy; // made of the store's groups when first needed

  public ReplayMemory(MemorySettings settings, GroupStore store, long seed) {
    this.settings = settings;
    this.store = store;
    random = new SplitMix64(seed);
    cameras = new CameraIndex(settings.capacity());
  }

  /**
   * Adds a group, which may evict another one or, by the draw of the eviction policy, not be kept.
   */
  public void add(PositiveGroup group) {
    int slot = place(group);
    seen++;
    if (slot < settings.capacity()) {
      store.put(slot, group);
      cameras.put(slot, group.camera());
    }
  }

  /** The slot of the next group; the capacity if it is not kept. */
  private int place(PositiveGroup group) {
    if (settings.capacity() == 0) {
      return 0;
    }
    if (settings.eviction() == MemorySettings.Eviction.REDUNDANCY) {
      return redundancy().place(group);
    }
    if (seen < settings.capacity()) {
      return (int) seen;
    }
    return switch (settings.eviction()) {
      case FIFO -> (int) (seen % settings.capacity());
      case RESERVOIR -> (int) Math.min(random.nextLong(seen + 1), settings.capacity());
      case REDUNDANCY -> throw new IllegalStateException("redundancy has a place for each group");
    };
  }

  private Redundancy redundancy() {
    Redundancy known = redundancy;
    if (known == null) {
      known = new Redundancy(settings.capacity());
      for (int slot = 0; slot < size(); slot++) {
        known.put(slot, store.get(slot));
      }
      redundancy = known;
    }
    return known;
  }

  /**
   * Draws groups uniformly, without replacement.
   *
   * @param count number of groups, at most {@link #size()}
   */
  public List<PositiveGroup> sample(int count) {
    return draw(size(), count).map(store::get).toList();
  }

  /**
   * Draws groups of one camera uniformly, without replacement.
   *
   * @param count number of groups, at most {@link #size(String)}
   */
  public List<PositiveGroup> sample(String camera, int count) {
    List<Integer> slots = cameras.slots(camera);
    return draw(slots.size(), count).map(slots::get).map(store::get).toList();
  }

  /** Draws elements of a list uniformly, without replacement. */
  public <T> List<T> choose(List<T> of, int count) {
    return draw(of.size(), count).map(of::get).toList();
  }

  /** Robert Floyd's algorithm: {@code count} of {@code size} numbers in {@code count} draws. */
  private Stream<Integer> draw(int size, int count) {
    if (count < 0 || count > size) {
      throw new IllegalArgumentException(
          "count must be in [0, %d], but was %d".formatted(size, count));
    }
    Set<Integer> drawn = new LinkedHashSet<>();
    for (int upper = size - count; upper < size; upper++) {
      int number = random.nextInt(upper + 1);
      drawn.add(drawn.contains(number) ? upper : number);
    }
    return drawn.stream();
  }

  /** The names of the cameras with groups in memory, sorted. */
  public List<String> cameras() {
    return cameras.cameras();
  }

  /** The number of groups of a camera in memory. */
  public int size(String camera) {
    return cameras.slots(camera).size();
  }

  /** The number of groups held. */
  public int size() {
    return (int) Math.min(seen, settings.capacity());
  }

  /** The share of filled slots; 1 for a memory without slots. */
  public double fill() {
    return settings.capacity() == 0 ? 1 : (double) size() / settings.capacity();
  }

  /** Writes the complete state except the groups, which are in the store. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(settings.capacity());
    out.writeLong(seen);
    out.writeLong(random.state());
    cameras.write(out);
  }

  /**
   * Continues from what {@link #write} wrote, over the same store.
   *
   * @param indexed whether the index of cameras was written; otherwise it is rebuilt from the store
   * @throws IOException if it was written with another capacity
   */
  public void read(DataInput in, boolean indexed) throws IOException {
    int capacity = in.readInt();
    if (capacity != settings.capacity()) {
      throw new IOException(
          "memory.capacity was %d when the state was written, but is %d now"
              .formatted(capacity, settings.capacity()));
    }
    seen = in.readLong();
    redundancy = null;
    random = new SplitMix64(in.readLong());
    cameras = new CameraIndex(capacity);
    if (indexed) {
      cameras.read(in);
    } else {
      for (int slot = 0; slot < size(); slot++) {
        cameras.put(slot, store.get(slot).camera());
      }
    }
  }
}
