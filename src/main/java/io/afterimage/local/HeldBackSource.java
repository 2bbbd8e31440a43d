package io.afterimage.local;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.ForwardingSource;
import io.afterimage.frame.FrameSource;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A source with backpressure: a file gives its next picture only when the topic has room for it. A
 * live source is not delayed.
 */
final class HeldBackSource extends ForwardingSource {
  private final Backlog backlog;
  private final AtomicLong taken;

  /**
   * @param taken number of pictures of all sources of the topic, shared by them
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
