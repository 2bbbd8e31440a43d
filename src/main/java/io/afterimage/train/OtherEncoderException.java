package io.afterimage.train;

import io.afterimage.train.encoder.EncoderSettings;

/** A stored learner's encoder is not built as the learner's own. */
public final class OtherEncoderException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final transient EncoderSettings stored;

  /**
   * @param stored what the stored encoder was built from
   * @param given what the learner's own is built from; differs from {@code stored}
   */
  public OtherEncoderException(EncoderSettings stored, EncoderSettings given) {
    super("the stored encoder is %s, but the learner's is %s".formatted(stored, given));
    this.stored = stored;
  }

  /** What the stored encoder was built from. */
  public EncoderSettings stored() {
    return stored;
  }
}
