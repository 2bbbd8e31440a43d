package io.afterimage.lab.evaluation;

/**
 * Embeddings with their classes.
 *
 * @param vectors {@code (N, D)} row-major, each row of length 1; owned by this record
 * @param labels {@code (N)} classes, from 0
 */
public record LabelledEmbeddings(float[] vectors, int[] labels) {
  public LabelledEmbeddings {
    if (labels.length == 0 || vectors.length % labels.length != 0) {
      throw new IllegalArgumentException(
          "vectors must hold the same number of values for each of the labels, but were %d for %d"
              .formatted(vectors.length, labels.length));
    }
  }

  /** The number of embeddings N. */
  public int size() {
    return labels.length;
  }

  /** The dimension D of an embedding. */
  public int dimension() {
    return vectors.length / labels.length;
  }

  /** One more than the greatest label. */
  public int classes() {
    int greatest = 0;
    for (int label : labels) {
      greatest = Math.max(greatest, label);
    }
    return greatest + 1;
  }

  /** The balanced accuracy: the mean over classes of the share of members predicted correctly. */
  double balancedAccuracy(int[] predicted) {
    int[] members = new int[classes()];
    int[] right = new int[classes()];
    for (int i = 0; i < size(); i++) {
      members[labels[i]]++;
      right[labels[i]] += predicted[i] == labels[i] ? 1 : 0;
    }
    double sum = 0;
    int present = 0;
    for (int each = 0; each < members.length; each++) {
      if (members[each] > 0) {
        sum += (double) right[each] / members[each];
        present++;
      }
    }
    return sum / present;
  }
}
