package io.afterimage.train.negatives;

/**
 * Gives the negatives of the anchor's own camera a share of their own. A fixed background tells
 * cameras apart, so that negatives of other cameras are answered by it and teach little about what
 * moves.
 *
 * <p>Within either kind the ratios stay as they were. An anchor with negatives of one kind only
 * keeps these.
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
