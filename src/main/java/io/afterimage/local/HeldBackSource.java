package io.afterimage.local;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.ForwardingSource;
import io.afterimage.frame.FrameSource;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A source that waits for its reader: a file gives its next picture only when there is room for it
 * in the topic. A live source cannot wait, and does not.
 */
final class HeldBackSource extends ForwardingSource {
  private final Backlog backlog;
  private final AtomicLong taken;

  /**
   * @param taken pictures of all sources of the topic; counted up by each of them
   */
  HeldBackSource(FrameSource source, Backlog backlog, AtomicLong taken) {
    super(source);
    this.backlog = backlog;
    this.taken = taken;
  }

  @Override
  public @Nullable CapturedImage next() throws IOException {
    if (!live()) {
      try {
        backlog.awaitRoom(taken.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    CapturedImage image = super.next();
    if (image != null) {
      taken.incrementAndGet();
    }
    return image;
  }
}
