package io.afterimage.train.negatives;

import io.afterimage.pairing.PositiveGroup;
import java.util.List;

/**
 * One mini-batch for the strategies that reweight its negatives.
 *
 * @param groups {@code (B)} in the order of the rows
 * @param views views K of a group
 * @param similarities {@code (B*K, B*K)} row-major cosine similarities; read only
 * @param tau the class prior: {@code (1)} of all groups, or {@code (B)} of each; read only
 */
public record NegativePairs(
    List<PositiveGroup> groups, int views, float[] similarities, double[] tau) {
  /** The number of views B K. */
  public int rows() {
    return groups.size() * views;
  }

  /** The class prior of a view's group. */
  double prior(int row) {
    return tau[tau.length == 1 ? 0 : row / views];
  }

  /** Whether two groups are of one camera. */
  public boolean sameCamera(int group, int other) {
    return groups.get(group).camera().equals(groups.get(other).camera());
  }

  /** Time between two groups' last views (milliseconds), not negative. */
  public long lagMillis(int group, int other) {
    return Math.abs(
        groups.get(group).lastCaptureTimeMillis() - groups.get(other).lastCaptureTimeMillis());
  }

  /** The mean similarity of a view to the views of another group. */
  double similarity(int row, int otherGroup) {
    double sum = 0;
    for (int view = 0; view < views; view++) {
      sum += similarities[row * rows() + otherGroup * views + view];
    }
    return sum / views;
  }

  /** Multiplies the weights of all pairs between two groups, with anchors in the first. */
  void scale(float[] weights, int group, int otherGroup, double factor) {
    for (int row = group * views; row < (group + 1) * views; row++) {
      scaleRow(weights, row, otherGroup, factor);
    }
  }

  /** Multiplies the weights of one view's pairs with another group. */
  void scaleRow(float[] weights, int row, int otherGroup, double factor) {
    int at = row * rows() + otherGroup * views;
    for (int view = 0; view < views; view++) {
      weights[at + view] *= (float) factor;
    }
  }
}
