package io.afterimage.frame;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A source that delegates every call to another source; subclasses override the calls that differ.
 */
public abstract class ForwardingSource implements FrameSource {
  private final FrameSource source;

  /**
   * @param source the source to delegate to
   */
  protected ForwardingSource(FrameSource source) {
    this.source = source;
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
    return source.next();
  }

  @Override
  public SourceFaults faults() {
    return source.faults();
  }

  @Override
  public void close() {
    source.close();
  }
}
