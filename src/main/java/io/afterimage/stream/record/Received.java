package io.afterimage.stream.record;

import io.afterimage.frame.EncodedFrame;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one Kafka record turned out to be: a frame, or a rejection; exactly one of them is there.
 *
 * @param frame the frame, if it may be one
 * @param rejection why it is none, otherwise
 */
public record Received(@Nullable EncodedFrame frame, @Nullable Rejection rejection) {
  public Received {
    if ((frame == null) == (rejection == null)) {
      throw new IllegalArgumentException("a record is either a frame or a rejection");
    }
  }

  /**
   * What the record is dealt with by: its camera; or, for a rejection, which may have none, the
   * number of its partition.
   */
  public String key() {
    return frame != null ? frame.camera() : Integer.toString(rejection.partition());
  }

  public static Received frame(EncodedFrame frame) {
    return new Received(Objects.requireNonNull(frame), null);
  }

  public static Received rejected(Rejection rejection) {
    return new Received(null, Objects.requireNonNull(rejection));
  }
}
