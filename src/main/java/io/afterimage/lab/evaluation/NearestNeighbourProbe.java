package io.afterimage.lab.evaluation;

import java.util.stream.IntStream;

/**
 * Classifies each frame by a vote of its nearest labeled neighbors. It needs no training, and so
 * measures the similarities of the embedding itself (Wu et al., CVPR 2018, arXiv:1805.01978,
 * without their weights).
 */
public final class NearestNeighbourProbe {
  private NearestNeighbourProbe() {}

  /**
   * The balanced accuracy on {@code queries} of a vote of the {@code neighbours} most similar
   * {@code references}; a draw goes to the class of the most similar among them.
   *
   * @throws IllegalArgumentException if the dimensions differ or neighbors is not in [1,
   *     references]
   */
  public static double accuracy(
      LabelledEmbeddings references, LabelledEmbeddings queries, int neighbours) {
    if (references.dimension() != queries.dimension()) {
      throw new IllegalArgumentException(
          "references and queries must have the same dimension, but had %d and %d"
              .formatted(references.dimension(), queries.dimension()));
    }
    if (neighbours < 1 || neighbours > references.size()) {
      throw new IllegalArgumentException(
          "neighbours must be in [1, %d], but was %d".formatted(references.size(), neighbours));
    }
    int[] predicted =
        IntStream.range(0, queries.size())
            .parallel()
            .map(query -> vote(references, queries, query, neighbours))
            .toArray();
    return queries.balancedAccuracy(predicted);
  }

  private static int vote(
      LabelledEmbeddings references, LabelledEmbeddings queries, int query, int neighbours) {
    float[] similarities = new float[neighbours];
    int[] nearest = new int[neighbours];
    int found = 0;
    for (int reference = 0; reference < references.size(); reference++) {
      float similarity = similarity(references, reference, queries, query);
      if (found == neighbours && similarity <= similarities[found - 1]) {
        continue;
      }
      int place = found < neighbours ? found++ : found - 1;
      while (place > 0 && similarities[place - 1] < similarity) {
        similarities[place] = similarities[place - 1];
        nearest[place] = nearest[place - 1];
        place--;
      }
      similarities[place] = similarity;
      nearest[place] = reference;
    }
    int[] votes = new int[references.classes()];
    for (int each : nearest) {
      votes[references.labels()[each]]++;
    }
    int winner = references.labels()[nearest[0]];
    for (int each : nearest) {
      int label = references.labels()[each];
      winner = votes[label] > votes[winner] ? label : winner;
    }
    return winner;
  }

  private static float similarity(
      LabelledEmbeddings references, int reference, LabelledEmbeddings queries, int query) {
    int dimension = references.dimension();
    float sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum +=
          references.vectors()[reference * dimension + i]
              * queries.vectors()[query * dimension + i];
    }
    return sum;
  }
}
