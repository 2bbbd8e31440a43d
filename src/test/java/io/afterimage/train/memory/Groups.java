package io.afterimage.train.memory;

import io.afterimage.frame.Frame;
import io.afterimage.pairing.PositiveGroup;
import java.util.Arrays;

/** Small groups for tests, told apart by their time. */
public final class Groups {
  private Groups() {}

  /** A group of two views of 2 x 2 pixels that stands for three frames. */
  public static PositiveGroup at(long timeMillis) {
    return at(timeMillis, 0);
  }

  /** The same of a camera. */
  public static PositiveGroup at(String camera, long timeMillis) {
    return new PositiveGroup(
        camera, new long[] {timeMillis - 1, timeMillis}, 2, new byte[2 * Frame.bytes(2)], 3);
  }

  /** The same with all pixels of one brightness, 0 to 255. */
  static PositiveGroup at(long timeMillis, int brightness) {
    byte[] pixels = new byte[2 * Frame.bytes(2)];
    Arrays.fill(pixels, (byte) brightness);
    return new PositiveGroup("camera", new long[] {timeMillis - 1, timeMillis}, 2, pixels, 3);
  }
}
