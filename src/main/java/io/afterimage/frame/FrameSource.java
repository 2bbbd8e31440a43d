package io.afterimage.frame;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One camera's pictures in the order of their capture times: a live stream, a file, a simulation.
 *
 * <p>Legal order of calls: {@link #open}, any number of {@link #next}, {@link #close}; then {@code
 * open} again, so that a camera that went away can be asked anew. Capture times never go back, also
 * not across {@code close} and {@code open}. Used by one thread.
 */
public interface FrameSource extends AutoCloseable {
  /** The camera's id: the key of its records. */
  String camera();

  /**
   * Whether (known once open) the pictures are taken as the clock goes, whether asked for or not (a
   * camera), rather than made when asked for (a file, a simulation). The gateway paces only what is
   * not live.
   */
  boolean live();

  /**
   * Connects.
   *
   * @throws IOException if it cannot; asking again later may help
   */
  void open() throws IOException;

  /**
   * The next picture, waiting for it if the source is live; null at the end of the stream.
   *
   * @throws IOException if the source went away; {@link #close} and {@link #open} may bring it back
   */
  @Nullable CapturedImage next() throws IOException;

  /** What was not as it should be so far, over all times that it was opened. */
  default SourceFaults faults() {
    return SourceFaults.NONE;
  }

  /** Lets go of everything that {@link #open} took. Does nothing on a closed source. */
  @Override
  void close();
}
