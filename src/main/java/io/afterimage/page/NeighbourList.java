package io.afterimage.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame and its nearest neighbours by one encoder.
 *
 * @param encoder the encoder's id in hexadecimal digits; null for the untrained one
 * @param step the last step that it learned from
 * @param among how many frames were compared
 * @param frame the frame itself
 * @param neighbours the nearest first
 */
record NeighbourList(
    @Nullable String encoder, long step, int among, Near frame, List<Near> neighbours) {
  /**
   * A frame that is near.
   *
   * @param similarity cosine of the angle between the embeddings; 1 for the frame itself
   * @param camera its camera's id
   * @param millis its capture time (milliseconds since 1970, UTC)
   * @param partition where it is
   * @param offset where it is
   * @param objectClass the class of what it shows; null if nobody knows
   */
  record Near(
      double similarity,
      String camera,
      long millis,
      int partition,
      long offset,
      @Nullable Integer objectClass) {}
}
