package io.afterimage.stream;

import io.afterimage.pairing.PositiveGroup;
import org.apache.flink.api.java.functions.KeySelector;

/** Assigns groups to learners. There is one learner, number 0. */
final class LearnerKey implements KeySelector<PositiveGroup, Integer> {
  private static final long serialVersionUID = 1L;

  /** The key of the only learner. */
  static final Integer ONLY = 0;

  @Override
  public Integer getKey(PositiveGroup group) {
    return ONLY;
  }
}
