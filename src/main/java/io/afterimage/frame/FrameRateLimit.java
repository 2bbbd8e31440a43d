package io.afterimage.frame;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets through at most so many frames a second of each camera, by capture time, so that a camera
 * that sends too much takes nothing from the others.
 *
 * <p>A token bucket for each camera: it holds the frames of one second, each frame takes one, and
 * they come back as the camera's newest capture time moves on. So a camera within its rate is never
 * cut, however its frames jitter or swap places.
 *
 * <p>What comes through is a function of the camera's frames in their order, also when {@link
 * #write} and {@link #read} come in between. Of more than {@value #MAX_CAMERAS} cameras, the one
 * that was silent for the longest is forgotten.
 */
public final class FrameRateLimit {
  /** Cameras that are known at most: an id is whatever somebody wrote into a record's key. */
  static final int MAX_CAMERAS = 65_536;

  /** A frame so far behind the newest is the first after the clock was set back (ms). */
  private static final long SET_BACK_MILLIS = 10_000;

  private static final int VERSION = 1;

  private final double framesPerSecond;
  private final double capacity;
  private final Map<String, Bucket> buckets = new Buckets();

  /**
   * @param framesPerSecond most frames of a camera (1/s), above 0
   */
  public FrameRateLimit(double framesPerSecond) {
    if (!(framesPerSecond > 0)) {
      throw new IllegalArgumentException("framesPerSecond must be > 0, but was " + framesPerSecond);
    }
    this.framesPerSecond = framesPerSecond;
    capacity = Math.max(1, framesPerSecond);
  }

  /** Whether a frame is within its camera's rate. Each frame is asked for once, in order. */
  public boolean accept(String camera, long captureTimeMillis) {
    Bucket bucket = buckets.computeIfAbsent(camera, id -> new Bucket(captureTimeMillis, capacity));
    long aheadMillis = captureTimeMillis - bucket.newestMillis;
    if (aheadMillis > 0) {
      bucket.frames = Math.min(capacity, bucket.frames + framesPerSecond * aheadMillis / 1000);
    }
    if (aheadMillis > 0 || aheadMillis < -SET_BACK_MILLIS) {
      bucket.newestMillis = captureTimeMillis;
    }
    if (bucket.frames < 1) {
      return false;
    }
    bucket.frames--;
    return true;
  }

  /** Writes what is known of every camera. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(buckets.size());
    for (Map.Entry<String, Bucket> entry : buckets.entrySet()) {
      byte[] id = entry.getKey().getBytes(StandardCharsets.UTF_8);
      out.writeInt(id.length);
      out.write(id);
      out.writeLong(entry.getValue().newestMillis);
      out.writeDouble(entry.getValue().frames);
    }
  }

  /**
   * Adds what {@link #write} wrote, maybe of several limits one after another; of a camera that two
   * of them knew, what was known last.
   *
   * @throws IOException if it is of an unknown version
   */
  public void read(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "the stored frame rates have version %d, but only %d is known"
              .formatted(version, VERSION));
    }
    int cameras = in.readInt();
    for (int i = 0; i < cameras; i++) {
      byte[] id = new byte[in.readInt()];
      in.readFully(id);
      Bucket read = new Bucket(in.readLong(), in.readDouble());
      buckets.merge(
          new String(id, StandardCharsets.UTF_8),
          read,
          (known, other) -> known.newestMillis > other.newestMillis ? known : other);
    }
  }

  private static final class Bucket {
    long newestMillis;
    double frames; // that may come at once

    Bucket(long newestMillis, double frames) {
      this.newestMillis = newestMillis;
      this.frames = frames;
    }
  }

  /** By last use, so that the order is part of what is written. */
  private static final class Buckets extends LinkedHashMap<String, Bucket> {
    private static final long serialVersionUID = 1L;

    Buckets() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
      return size() > MAX_CAMERAS;
    }
  }
}
