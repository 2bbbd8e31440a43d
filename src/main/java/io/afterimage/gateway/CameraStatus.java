package io.afterimage.gateway;

import org.jspecify.annotations.Nullable;

/**
 * One camera of a running gateway at one moment.
 *
 * @param camera the camera's id
 * @param state its state
 * @param read frames that it delivered
 * @param published frames that Kafka acknowledged
 * @param failed frames that Kafka did not accept
 * @param bytes bytes of the acknowledged frames' images
 * @param reconnects times that the connection was lost
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
  /** The state of a camera. */
  public enum State {
    /** It is being connected, for the first time or again. */
    CONNECTING,
    /** It delivers pictures. */
    CONNECTED,
    /** It ended, or was stopped. */
    ENDED,
    /** It cannot be read, and is not retried. */
    FAILED
  }
}
