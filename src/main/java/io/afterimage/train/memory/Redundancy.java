package io.afterimage.train.memory;

import io.afterimage.frame.Frame;
import io.afterimage.pairing.PositiveGroup;

/**
 * Finds the most redundant group: the older of the two most similar ones.
 *
 * <p>Its state follows from the groups in the slots and need not be stored. Used by one thread.
 */
final class Redundancy {
  /*
   * Minimum redundancy replay: Purushwalkam, Morgado, Gupta, "The Challenges of Continuous
   * Self-Supervised Learning", ECCV 2022 (arXiv:2203.12710), evicts the sample that is nearest to
   * another one. There nearness is that of features; here it is that of small pictures, which need
   * no encoder and do not change while it learns. With n slots of pictures of P values a group
   * costs O(n P), and memory is n (P + 2) numbers.
   */
  private static final int SIDE = 6;

  private final int capacity;
  private final float[][] pictures; // (capacity, SIDE * SIDE * 3)
  private final int[] nearest; // (capacity) the place of the most alike other group
  private final double[] distance; // (capacity) to it, squared
  private final long[] times; // (capacity) of the last view (milliseconds since 1970, UTC)
  private int held;

  Redundancy(int capacity) {
    this.capacity = capacity;
    pictures = new float[capacity][];
    nearest = new int[capacity];
    distance = new double[capacity];
    times = new long[capacity];
  }

  /** Adds a group and returns the slot that it goes into. */
  int place(PositiveGroup group) {
    int place = held < capacity ? held : leastMissed(picture(group));
    put(place, group);
    return place;
  }

  /** Adds the group of a slot. */
  void put(int place, PositiveGroup group) {
    float[] picture = picture(group);
    pictures[place] = picture;
    times[place] = group.lastCaptureTimeMillis();
    held = Math.max(held, place + 1);
    seek(place);
    for (int other = 0; other < held; other++) {
      if (other != place && !offer(other, place) && nearest[other] == place) {
        seek(other);
      }
    }
  }

  private int leastMissed(float[] newest) {
    int least = 0;
    int likeNewest = 0;
    double fromNewest = Double.POSITIVE_INFINITY;
    for (int place = 0; place < held; place++) {
      double apart = apart(newest, pictures[place]);
      if (apart < fromNewest) {
        likeNewest = place;
        fromNewest = apart;
      }
      if (distance[place] < distance[least]) {
        least = place;
      }
    }
    if (fromNewest <= distance[least]) {
      return likeNewest;
    }
    int twin = nearest[least];
    return times[twin] < times[least] ? twin : least;
  }

  private void seek(int place) {
    nearest[place] = place;
    distance[place] = Double.POSITIVE_INFINITY;
    for (int other = 0; other < held; other++) {
      if (other != place) {
        offer(place, other);
      }
    }
  }

  /** Whether another slot is nearer than the nearest so far, or as near with a smaller index. */
  private boolean offer(int place, int other) {
    double apart = apart(pictures[place], pictures[other]);
    if (apart > distance[place] || apart == distance[place] && other > nearest[place]) {
      return false;
    }
    nearest[place] = other;
    distance[place] = apart;
    return true;
  }

  private static double apart(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = one[i] - other[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** {@code (SIDE, SIDE, 3)}: the mean of the group's views, shrunk. */
  private static float[] picture(PositiveGroup group) {
    int size = group.size();
    float[] sums = new float[SIDE * SIDE * Frame.CHANNELS];
    int[] counts = new int[sums.length];
    byte[] pixels = group.pixels();
    for (int i = 0; i < pixels.length; i++) {
      int pixel = i / Frame.CHANNELS;
      int x = pixel % size * SIDE / size;
      int y = pixel / size % size * SIDE / size;
      int at = (y * SIDE + x) * Frame.CHANNELS + i % Frame.CHANNELS;
      sums[at] += pixels[i] & 0xFF;
      counts[at]++;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= Math.max(1, counts[i]);
    }
    return sums;
  }
}
