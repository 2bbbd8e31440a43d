package io.afterimage.frame;

/** A record that is no usable frame, with the reason and the detail a person needs. */
public final class FrameRejectedException extends Exception {
  private final RejectionReason reason;

  public FrameRejectedException(RejectionReason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public RejectionReason reason() {
    return reason;
  }
}
