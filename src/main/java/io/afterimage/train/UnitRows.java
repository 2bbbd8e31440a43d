package io.afterimage.train;

/** Normalizes projections to embeddings: rows of length 1. */
final class UnitRows {
  /** A shorter row has no direction and becomes nearly 0. */
  private static final double LEAST_NORM = 1e-12;

  private UnitRows() {}

  /**
   * Scales each row to length 1.
   *
   * @param rows {@code (N, D)} row-major
   * @param dimension D
   * @param unit {@code (N, D)} filled
   */
  static void of(float[] rows, int dimension, float[] unit) {
    for (int start = 0; start < rows.length; start += dimension) {
      double square = 0;
      for (int i = start; i < start + dimension; i++) {
        square += rows[i] * rows[i];
      }
      float scale = (float) (1 / Math.max(Math.sqrt(square), LEAST_NORM));
      for (int i = start; i < start + dimension; i++) {
        unit[i] = rows[i] * scale;
      }
    }
  }
}
