package io.afterimage.page;

import io.afterimage.wire.FrameEmbedding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The frames that an encoder finds most alike, by comparing with every one of a list: exact, and
 * fast enough for the thousand that the page keeps.
 */
final class Neighbours {
  /**
   * Frames of one camera that are closer than this show the same moment (milliseconds): that they
   * are alike says little.
   */
  static final long SAME_MOMENT_MILLIS = 10_000;

  private Neighbours() {}

  /**
   * A neighbour.
   *
   * @param index its number in the list
   * @param similarity cosine of the angle between the two embeddings, in [-1, 1]
   */
  record Neighbour(int index, double similarity) {}

  /**
   * The nearest neighbours of one frame, the nearest first.
   *
   * @param vectors {@code (N)(D)}, of unit length, all by one encoder
   * @param frames the frames of these vectors
   * @param of the number of the frame whose neighbours are wanted
   * @param count how many
   * @param apart whether frames of the same moment are left out
   */
  static List<Neighbour> nearest(
      List<float[]> vectors, List<FrameEmbedding> frames, int of, int count, boolean apart) {
    PriorityQueue<Neighbour> nearest =
        new PriorityQueue<>(Comparator.comparingDouble(Neighbour::similarity));
    for (int i = 0; i < vectors.size(); i++) {
      if (i == of || apart && sameMoment(frames.get(of), frames.get(i))) {
        continue;
      }
      double similarity = dot(vectors.get(of), vectors.get(i));
      if (nearest.size() < count) {
        nearest.add(new Neighbour(i, similarity));
      } else if (similarity > nearest.element().similarity()) {
        nearest.remove();
        nearest.add(new Neighbour(i, similarity));
      }
    }
    List<Neighbour> sorted = new ArrayList<>(nearest);
    sorted.sort(Comparator.comparingDouble(Neighbour::similarity).reversed());
    return sorted;
  }

  static boolean sameMoment(FrameEmbedding one, FrameEmbedding other) {
    return one.camera().equals(other.camera())
        && Math.abs(one.captureMillis() - other.captureMillis()) < SAME_MOMENT_MILLIS;
  }

  private static double dot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
