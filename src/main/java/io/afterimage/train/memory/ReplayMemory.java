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
 * The long tier of replay: positive groups that may be learned from again.
 *
 * <p>The groups lie in places 0 to capacity - 1 of a {@link GroupStore}; what this class has to
 * store itself is three numbers and which place holds a group of which camera. Two memories with
 * the same settings and seed that are given the same groups in the same order hold and draw the
 * same ones, also when {@link #write} and {@link #read} carry one of them over.
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

  /** Takes in a group, which may evict another or, by the eviction's draw, not be kept. */
  public void add(PositiveGroup group) {
    int slot = place(group);
    seen++;
    if (slot < settings.capacity()) {
      store.put(slot, group);
      cameras.put(slot, group.camera());
    }
  }

  /** Where the next group goes; the capacity if nowhere. */
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
   * Draws groups, none of them twice, each set with the same chance.
   *
   * @param count how many, at most {@link #size()}
   */
  public List<PositiveGroup> sample(int count) {
    return draw(size(), count).map(store::get).toList();
  }

  /**
   * Draws groups of one camera, none of them twice, each set with the same chance.
   *
   * @param count how many, at most {@link #size(String)}
   */
  public List<PositiveGroup> sample(String camera, int count) {
    List<Integer> slots = cameras.slots(camera);
    return draw(slots.size(), count).map(slots::get).map(store::get).toList();
  }

  /** Chooses some of a list, none of them twice, each set with the same chance. */
  public <T> List<T> choose(List<T> of, int count) {
    return draw(of.size(), count).map(of::get).toList();
  }

  /** Robert Floyd's algorithm: {@code count} of {@code size} numbers in as many draws. */
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

  /** The cameras of which groups are held, by name. */
  public List<String> cameras() {
    return cameras.cameras();
  }

  /** Groups of a camera that are held. */
  public int size(String camera) {
    return cameras.slots(camera).size();
  }

  /** Groups that are held. */
  public int size() {
    return (int) Math.min(seen, settings.capacity());
  }

  /** Share of the places that are filled; 1 for a memory without places. */
  public double fill() {
    return settings.capacity() == 0 ? 1 : (double) size() / settings.capacity();
  }

  /** Writes all that later draws depend on, but the groups, which lie in the store. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(settings.capacity());
    out.writeLong(seen);
    out.writeLong(random.state());
    cameras.write(out);
  }

  /**
   * Continues from what {@link #write} wrote, over the same store.
   *
   * @param indexed whether the cameras were written; otherwise they are read from the store
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
