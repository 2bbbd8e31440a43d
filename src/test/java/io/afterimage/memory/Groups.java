package io.afterimage.memory;

import io.afterimage.frame.Frame;
import io.afterimage.pairing.PositiveGroup;

/** Small groups for tests, told apart by their time. */
public final class Groups {
  private Groups() {}

  /** A group of two views of 2 x 2 pixels that stands for three frames. */
  public static PositiveGroup at(long timeMillis) {
    return new PositiveGroup(
        "camera", new long[] {timeMillis - 1, timeMillis}, 2, new byte[2 * Frame.bytes(2)], 3);
  }
}
