package io.afterimage.train;

/**
 * Settings for composing mini-batches from groups.
 *
 * @param groups positive groups B of a mini-batch
 * @param freshGroups new groups of a mini-batch; the others are replayed from memory
 * @param stepsPerBatch steps for each set of fresh groups; from the second on, the replayed groups
 *     are drawn again
 * @param cameras cameras whose groups a mini-batch is made of; 0 for groups of any camera. An
 *     anchor then has groups / cameras - 1 negative groups of its own camera, independent of the
 *     number of cameras
 */
public record BatchSettings(int groups, int freshGroups, int stepsPerBatch, int cameras) {
  public BatchSettings {
    if (groups < 2) {
      throw new IllegalArgumentException("groups must be >= 2, but was " + groups);
    }
    if (freshGroups < 1 || freshGroups > groups) {
      throw new IllegalArgumentException(
          "freshGroups must be in [1, groups = %d], but was %d".formatted(groups, freshGroups));
    }
    if (stepsPerBatch < 1) {
      throw new IllegalArgumentException("stepsPerBatch must be >= 1, but was " + stepsPerBatch);
    }
    if (cameras < 0 || cameras > groups / 2) {
      throw new IllegalArgumentException(
          "cameras must be in [0, groups / 2 = %d], but was %d".formatted(groups / 2, cameras));
    }
  }
}
