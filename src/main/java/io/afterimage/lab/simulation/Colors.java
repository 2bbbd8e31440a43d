package io.afterimage.lab.simulation;

/** Color conversion in floats. */
final class Colors {
  private Colors() {}

  /**
   * Red, green, blue in [0, 1].
   *
   * @param hue in turns, any number
   * @param saturation in [0, 1]
   * @param value in [0, 1]
   */
  static float[] fromHsv(double hue, double saturation, double value) {
    float[] rgb = new float[3];
    for (int channel = 0; channel < 3; channel++) {
      double turn = hue + (3 - channel) % 3 / 3.0;
      double distance = Math.abs((turn - Math.floor(turn)) * 6 - 3);
      double pure = Math.max(0, Math.min(1, distance - 1));
      rgb[channel] = (float) (value * (1 - saturation * (1 - pure)));
    }
    return rgb;
  }
}
