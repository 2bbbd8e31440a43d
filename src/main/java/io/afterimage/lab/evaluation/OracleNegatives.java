package io.afterimage.lab.evaluation;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.negatives.NegativePairs;
import io.afterimage.train.negatives.NegativeStrategy;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Excludes the false negatives by the truth, then applies another strategy. */
final class OracleNegatives implements NegativeStrategy {
  private final BiPredicate<PositiveGroup, PositiveGroup> same;
  private final @Nullable NegativeStrategy next;

  OracleNegatives(BiPredicate<PositiveGroup, PositiveGroup> same, @Nullable NegativeStrategy next) {
    this.same = same;
    this.next = next;
  }

  @Override
  public void weigh(NegativePairs pairs, float[] weights) {
    int views = pairs.views();
    int rows = pairs.rows();
    for (int row = 0; row < rows; row++) {
      PositiveGroup anchor = pairs.groups().get(row / views);
      for (int column = 0; column < rows; column++) {
        if (same.test(anchor, pairs.groups().get(column / views))) {
          weights[row * rows + column] = 0;
        }
      }
    }
    if (next != null) {
      next.weigh(pairs, weights);
    }
  }

  @Override
  public boolean accountsForPrior() {
    return next != null && next.accountsForPrior();
  }

  @Override
  public void observe(NegativePairs pairs) {
    if (next != null) {
      next.observe(pairs);
    }
  }
}
