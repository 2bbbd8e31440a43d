package io.afterimage.gateway;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.ForwardingSource;
import io.afterimage.frame.FrameSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The first pictures of another source. */
public final class LimitedSource extends ForwardingSource {
  private long left;

  /**
   * @param frames number of pictures, over all times that the source is opened
   */
  public LimitedSource(FrameSource source, long frames) {
    super(source);
    this.left = frames;
  }

  @Override
  public @Nullable CapturedImage next() throws IOException {
    if (left == 0) {
      return null;
    }
    CapturedImage image = super.next();
    if (image != null) {
      left--;
    }
    return image;
  }
}
