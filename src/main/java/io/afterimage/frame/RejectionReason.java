package io.afterimage.frame;

/** The reason why a record was rejected as a frame. Headers and metrics show its label. */
public enum RejectionReason {
  /** The record has no key, hence no camera. */
  MISSING_CAMERA,
  /** The record has no value, or an empty one. */
  EMPTY,
  /** The encoded image holds more bytes than allowed. */
  OVERSIZED,
  /** The capture time is missing, too old or in the future. */
  IMPLAUSIBLE_TIME,
  /** The image is of a known format that is not accepted, or an animation. */
  UNSUPPORTED_FORMAT,
  /** The bytes are not an image of a known format, or the image is damaged or incomplete. */
  UNDECODABLE,
  /** The image has fewer pixels on a side than allowed. */
  TOO_SMALL,
  /** The image would decode to more pixels than allowed. */
  TOO_LARGE;

  /** The name as headers and metrics show it, in kebab-case: {@code too-large}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
