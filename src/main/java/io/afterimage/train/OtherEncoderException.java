package io.afterimage.train;

import io.afterimage.train.encoder.EncoderSettings;

/** A stored learner's encoder has other settings than the learner. */
public final class OtherEncoderException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final transient EncoderSettings stored;

  /**
   * @param stored settings of the stored encoder
   * @param given settings of the learner's encoder; differ from {@code stored}
   */
  public OtherEncoderException(EncoderSettings stored, EncoderSettings given) {
    super("the stored encoder is %s, but the learner's is %s".formatted(stored, given));
    this.stored = stored;
  }

  /** The settings of the stored encoder. */
  public EncoderSettings stored() {
    return stored;
  }
}
