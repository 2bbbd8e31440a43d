package io.afterimage.page;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cache of byte arrays with a bounded total size and least-recently-used eviction. Thread-safe.
 *
 * @param <K> type of the keys, with value equality
 */
final class BoundedBytes<K> {
  private final long capacity;
  private final Map<K, byte[]> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param capacity most bytes of all arrays together
   */
  BoundedBytes(long capacity) {
    this.capacity = capacity;
  }

  /** Stores an array unless it alone exceeds the capacity. */
  synchronized void put(K key, byte[] value) {
    byte[] before = entries.remove(key);
    if (before != null) {
      bytes -= before.length;
    }
    if (value.length > capacity) {
      return;
    }
    entries.put(key, value);
    bytes += value.length;
    Iterator<byte[]> oldest = entries.values().iterator();
    while (bytes > capacity) {
      bytes -= oldest.next().length;
      oldest.remove();
    }
  }

  /** The array of a key; null if there is none. */
  synchronized byte @Nullable [] get(K key) {
    return entries.get(key);
  }

  /** Bytes of all arrays together. */
  synchronized long bytes() {
    return bytes;
  }
}
