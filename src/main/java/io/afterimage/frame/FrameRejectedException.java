package io.afterimage.frame;

/**
 * Signals a record that cannot be used as a frame, with the reason and a detail for the operator.
 */
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
