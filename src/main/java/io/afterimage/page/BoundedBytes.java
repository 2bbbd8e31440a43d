package io.afterimage.page;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Byte arrays by key, as many as fit: the ones that were used least lately make room. Thread-safe.
 *
 * @param <K> has value equality
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

  /** Keeps an array unless it alone is above the capacity. */
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

  /** What is kept under a key; null if nothing is. */
  synchronized byte @Nullable [] get(K key) {
    return entries.get(key);
  }

  /** Bytes of all arrays together. */
  synchronized long bytes() {
    return bytes;
  }
}
