package io.afterimage.gateway;

import org.jspecify.annotations.Nullable;

/**
 * One camera of a running gateway at one moment.
 *
 * @param camera the camera's id
 * @param state what it does
 * @param read frames that it delivered
 * @param published frames that Kafka acknowledged
 * @param failed frames that Kafka did not take
 * @param bytes bytes of the acknowledged frames' images
 * @param reconnects times that it went away
 * @param problem the last error, or null if there was none
 */
public record CameraStatus(
    String camera,
    State state,
    long read,
    long published,
    long failed,
    long bytes,
    long reconnects,
    @Nullable String problem) {
  /** What a camera does. */
  public enum State {
    /** It is asked for its first picture, or was away and is asked again. */
    CONNECTING,
    /** It delivers. */
    CONNECTED,
    /** It came to its end, or was stopped. */
    ENDED,
    /** It cannot be read, and is not asked again. */
    FAILED
  }
}
