package io.afterimage.learn;

/** A stored learner's encoder is not the one that the options describe. */
public final class IncompatibleEncoderException extends IllegalStateException {
  /**
   * @param option the option's name
   * @param stored the value that the stored learner was built with
   * @param given the value that is set now
   */
  public IncompatibleEncoderException(String option, Object stored, Object given) {
    super(
        "%s is %s, but the stored learner has %s: set %1$s back to %3$s, or start without the stored state"
            .formatted(option, given, stored));
  }
}
