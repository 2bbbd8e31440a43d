package io.afterimage.pairing;

import io.afterimage.frame.Frame;

/** The difference between two frames of the same size. */
final class FrameDifference {
  private FrameDifference() {}

  /** The mean absolute difference of all color values: 0 for equal frames, 1 for black on white. */
  static double meanAbsolute(Frame a, Frame b) {
    byte[] left = a.pixels();
    byte[] right = b.pixels();
    int sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += Math.abs((left[i] & 0xFF) - (right[i] & 0xFF));
    }
    return sum / (255.0 * left.length);
  }
}
