package io.afterimage.stream.record;

import io.afterimage.frame.EncodedFrame;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of reading one Kafka record: a frame or a rejection, exactly one of the two.
 *
 * @param frame the frame, not decoded yet; null if rejected
 * @param rejection the rejection; null otherwise
 */
public record Received(@Nullable EncodedFrame frame, @Nullable Rejection rejection) {
  public Received {
    if ((frame == null) == (rejection == null)) {
      throw new IllegalArgumentException("a record is either a frame or a rejection");
    }
  }

  /**
   * The key for processing the record: its camera; for a rejection, which may have none, the number
   * of its partition.
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
