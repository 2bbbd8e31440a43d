package io.afterimage.stream;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.memory.GroupStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.FlinkRuntimeException;

/** Slots in keyed state, under the key that is current at the time of the call. */
final class KeyedGroupStore implements GroupStore {
  private final MapState<Integer, PositiveGroup> groups;

  KeyedGroupStore(MapState<Integer, PositiveGroup> groups) {
    this.groups = groups;
  }

  @Override
  public PositiveGroup get(int slot) {
    PositiveGroup group;
    try {
      group = groups.get(slot);
    } catch (Exception e) {
      throw new FlinkRuntimeException("slot %d of the memory cannot be read".formatted(slot), e);
    }
    if (group == null) {
      throw new IllegalStateException("slot " + slot + " was never filled");
    }
    return group;
  }

  @Override
  public void put(int slot, PositiveGroup group) {
    try {
      groups.put(slot, group);
    } catch (Exception e) {
      throw new FlinkRuntimeException("slot %d of the memory cannot be written".formatted(slot), e);
    }
  }
}
