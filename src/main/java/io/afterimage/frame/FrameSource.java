package io.afterimage.frame;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One camera's pictures in the order of their capture times: a live stream, a file, a simulation.
 *
 * <p>Legal order of calls: {@link #open}, any number of {@link #next}, {@link #close}; then {@code
 * open} again, to reconnect to a camera. Capture times never decrease, not even across {@code
 * close} and {@code open}. Used by one thread.
 */
public interface FrameSource extends AutoCloseable {
  /** The camera's id: the key of its records. */
  String camera();

  /**
   * Whether the source is live: its pictures arrive at the pace of the clock (a camera), rather
   * than on demand (a file, a simulation). Known once the source is open. The gateway paces only
   * sources that are not live.
   */
  boolean live();

  /**
   * Connects.
   *
   * @throws IOException if it cannot connect; a later try may succeed
   */
  void open() throws IOException;

  /**
   * The next picture, waiting for it if the source is live; null at the end of the stream.
   *
   * @throws IOException if the source went away; {@link #close} and {@link #open} may bring it back
   */
  @Nullable CapturedImage next() throws IOException;

  /** Faults met so far, summed over all times that the source was opened. */
  default SourceFaults faults() {
    return SourceFaults.NONE;
  }

  /** Releases everything that {@link #open} acquired. Does nothing on a closed source. */
  @Override
  void close();
}
