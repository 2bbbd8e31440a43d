package io.afterimage.gateway;

import java.util.HashMap;
import java.util.Map;

/**
 * Paces sources that are not live, to keep capture times plausible and cameras in step.
 *
 * <ul>
 *   <li>No frame is published before the wall clock reaches its capture time: brokers refuse times
 *       in the future.
 *   <li>In real time, frames follow each other at their recorded intervals.
 *   <li>As fast as possible, no camera runs more than {@link #MAX_LEAD_MILLIS} of capture time
 *       ahead of another. Otherwise a consumer's event time would follow the fastest camera, and
 *       frames of the others would be late.
 * </ul>
 *
 * <p>A camera takes part from its first {@link #await} to {@link #leave}; cameras that have joined
 * are waited for. Safe for use by many threads.
 */
final class StreamClock {
  static final long MAX_LEAD_MILLIS = 500;

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final boolean realtime;
  private final Map<String, Long> reached = new HashMap<>();
  private final Map<String, Long> realtimeOffsets = new HashMap<>();

  StreamClock(boolean realtime) {
    this.realtime = realtime;
  }

  /** Announces a camera, which makes others wait for its first frame. */
  synchronized void join(String camera) {
    reached.putIfAbsent(camera, UNKNOWN);
  }

  /**
   * Removes a camera that ended, was lost, or turned out to be live; others no longer wait for it.
   */
  synchronized void leave(String camera) {
    reached.remove(camera);
    realtimeOffsets.remove(camera);
    notifyAll();
  }

  /** Waits until a camera's frame of a capture time may be published. */
  synchronized void await(String camera, long captureTimeMillis) throws InterruptedException {
    reached.put(camera, captureTimeMillis);
    notifyAll();
    long now = System.currentTimeMillis();
    long offset =
        realtime ? realtimeOffsets.computeIfAbsent(camera, c -> now - captureTimeMillis) : 0;
    waitUntil(captureTimeMillis + Math.max(0, offset));
    if (!realtime) {
      while (captureTimeMillis > slowest() + MAX_LEAD_MILLIS) {
        wait();
      }
    }
  }

  private void waitUntil(long wallMillis) throws InterruptedException {
    long left = wallMillis - System.currentTimeMillis();
    while (left > 0) {
      wait(left);
      left = wallMillis - System.currentTimeMillis();
    }
  }

  private long slowest() {
    return reached.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
  }
}
