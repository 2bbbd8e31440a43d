package io.afterimage.train.negatives;

/**
 * Reweights negatives to give those of the anchor's own camera a fixed share of the weight. A fixed
 * background identifies the camera: negatives of other cameras can be told apart by it, and teach
 * little about moving objects.
 *
 * <p>Ratios within own-camera and within other-camera negatives are preserved. If an anchor has
 * negatives of one kind only, their weights are not changed.
 */
final class CameraNegatives implements NegativeStrategy {
  private final double share;

  /**
   * @param share of the anchor's own camera in the weight of its negatives, in [0, 1]
   */
  CameraNegatives(double share) {
    this.share = share;
  }

  @Override
  public void weigh(NegativePairs pairs, float[] weights) {
    int groups = pairs.groups().size();
    int views = pairs.views();
    int rows = pairs.rows();
    boolean[] same = new boolean[groups];
    for (int group = 0; group < groups; group++) {
      for (int other = 0; other < groups; other++) {
        same[other] = pairs.sameCamera(group, other);
      }
      for (int row = group * views; row < (group + 1) * views; row++) {
        double own = 0;
        double others = 0;
        for (int column = 0; column < rows; column++) {
          int other = column / views;
          double weight = other == group ? 0 : weights[row * rows + column];
          own += same[other] ? weight : 0;
          others += same[other] ? 0 : weight;
        }
        if (own == 0 || others == 0) {
          continue;
        }
        for (int column = 0; column < rows; column++) {
          weights[row * rows + column] *=
              (float) (same[column / views] ? share / own : (1 - share) / others);
        }
      }
    }
  }
}
