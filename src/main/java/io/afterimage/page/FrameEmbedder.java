package io.afterimage.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An encoder that the page calls to compare the newest one with. Called by any thread. */
public interface FrameEmbedder {
  /** The last step that the encoder learned from; 0 if it is untrained. */
  long step();

  /**
   * Embeds images.
   *
   * @param images encoded images
   * @return {@code (N)(D)}, each of unit length; null where an image cannot be decoded
   */
  List<float @Nullable []> embed(List<byte[]> images);
}
