package io.afterimage.frame;

/** Why a record was not taken as a frame. The name in lower case stands in headers and metrics. */
public enum RejectionReason {
  /** The record has no key, so that its camera is unknown. */
  MISSING_CAMERA,
  /** The record has no value, or an empty one. */
  EMPTY,
  /** The encoded image holds more bytes than allowed. */
  OVERSIZED,
  /** The capture time is missing, too old or in the future. */
  IMPLAUSIBLE_TIME,
  /** The image is of a known format that is not accepted, or an animation. */
  UNSUPPORTED_FORMAT,
  /** The bytes are no image that the decoder knows, or an incomplete one. */
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
