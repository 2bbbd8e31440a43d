package io.afterimage.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame and its nearest neighbors by one encoder.
 *
 * @param encoder the encoder's id in hexadecimal digits; null for the untrained one
 * @param step the last step that it learned from
 * @param among number of frames compared
 * @param frame the frame itself
 * @param neighbours the nearest first
 */
record NeighbourList(
    @Nullable String encoder, long step, int among, Near frame, List<Near> neighbours) {
  /**
   * A neighbor.
   *
   * @param similarity cosine of the angle between the embeddings; 1 for the frame itself
   * @param camera its camera's id
   * @param millis its capture time (milliseconds since 1970, UTC)
   * @param partition its partition
   * @param offset its offset
   * @param objectClass its class; null if unknown
   */
  record Near(
      double similarity,
      String camera,
      long millis,
      int partition,
      long offset,
      @Nullable Integer objectClass) {}
}
