package io.afterimage.gateway;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.FrameSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The first pictures of another source. */
final class LimitedSource implements FrameSource {
  private final FrameSource source;
  private long left;

  /**
   * @param frames pictures to let pass, over all times that the source is opened
   */
  LimitedSource(FrameSource source, long frames) {
    this.source = source;
    this.left = frames;
  }

  @Override
  public String camera() {
    return source.camera();
  }

  @Override
  public boolean live() {
    return source.live();
  }

  @Override
  public void open() throws IOException {
    source.open();
  }

  @Override
  public @Nullable CapturedImage next() throws IOException {
    if (left == 0) {
      return null;
    }
    CapturedImage image = source.next();
    left--;
    return image;
  }

  @Override
  public void close() {
    source.close();
  }
}
