package io.afterimage.page;

import io.afterimage.wire.FrameEmbedding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Nearest neighbors by exhaustive comparison: exact, and fast enough for the thousand frames that
 * the page keeps.
 */
final class Neighbours {
  /**
   * Frames of one camera that are closer than this show the same moment, which makes their
   * similarity meaningless (milliseconds).
   */
  static final long SAME_MOMENT_MILLIS = 10_000;

  private Neighbours() {}

  /**
   * A neighbor.
   *
   * @param index its number in the list
   * @param similarity cosine of the angle between the two embeddings, in [-1, 1]
   */
  record Neighbour(int index, double similarity) {}

  /**
   * The nearest neighbors of one frame, the nearest first.
   *
   * @param vectors {@code (N)(D)}, of unit length, all by one encoder
   * @param frames the frames of these vectors
   * @param of the index of the frame whose neighbors are wanted
   * @param count most neighbors
   * @param apart whether to exclude frames of the same moment
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
