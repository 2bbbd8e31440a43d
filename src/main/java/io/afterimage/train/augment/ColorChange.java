package io.afterimage.train.augment;

import io.afterimage.frame.Frame;
import io.afterimage.random.SplitMix64;

/**
 * A random change of brightness, contrast, saturation and hue, in random order, and an optional
 * conversion to gray.
 */
final class ColorChange {
  /*
   * Each change is an affine map of a pixel's three color values. Hue is one, too: it rotates the
   * color plane of YIQ, as TensorFlow's adjust_hue_in_yiq does. The whole change is therefore one 3
   * x 4 matrix. Contrast mixes with the picture's mean luma, which affine maps transform along with
   * the pixels: only the mean color of the original picture has to be measured. Colors are clipped
   * once, at the end.
   */

  private static final double[] LUMA = {0.299, 0.587, 0.114};

  /** A rotation of the color plane by 90 degrees, in red, green and blue; gray is fixed. */
  private static final double[][] QUARTER_TURN = {
    {0.16770, 0.32927, -0.49697}, {-0.32813, 0.03552, 0.29261}, {1.24973, -1.04651, -0.20322}
  };

  private final double[][] map = new double[3][4];
  private final double[][] next = new double[3][4];
  private final double[][] change = new double[3][3];
  private final double[] mean = new double[3];
  private final int[] order = {0, 1, 2, 3};

  /** Draws a change for a picture {@code (S, S, 3)}. */
  void draw(AugmentationSettings settings, SplitMix64 random, float[] pixels) {
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 4; column++) {
        map[row][column] = row == column ? 1 : 0;
      }
    }
    measure(pixels);
    shuffle(random);
    for (int kind : order) {
      double draw = 2 * random.nextDouble() - 1;
      switch (kind) {
        case 0 -> scale(1 + settings.brightness() * draw);
        case 1 -> stretch(1 + settings.contrast() * draw);
        case 2 -> saturate(1 + settings.saturation() * draw);
        default -> turn(2 * Math.PI * settings.hue() * draw);
      }
    }
    if (random.nextDouble() < settings.grayscaleProbability()) {
      saturate(0);
    }
  }

  /** Writes the changed picture as bytes. */
  void apply(float[] pixels, byte[] to, int offset) {
    float rr = (float) map[0][0];
    float rg = (float) map[0][1];
    float rb = (float) map[0][2];
    float r1 = (float) map[0][3] + 0.5f;
    float gr = (float) map[1][0];
    float gg = (float) map[1][1];
    float gb = (float) map[1][2];
    float g1 = (float) map[1][3] + 0.5f;
    float br = (float) map[2][0];
    float bg = (float) map[2][1];
    float bb = (float) map[2][2];
    float b1 = (float) map[2][3] + 0.5f;
    for (int i = 0; i < pixels.length; i += Frame.CHANNELS) {
      float r = pixels[i];
      float g = pixels[i + 1];
      float b = pixels[i + 2];
      to[offset + i] = cut(rr * r + rg * g + rb * b + r1);
      to[offset + i + 1] = cut(gr * r + gg * g + gb * b + g1);
      to[offset + i + 2] = cut(br * r + bg * g + bb * b + b1);
    }
  }

  private static byte cut(float value) {
    return (byte) Math.min(Math.max((int) value, 0), 255);
  }

  private void measure(float[] pixels) {
    double red = 0;
    double green = 0;
    double blue = 0;
    for (int i = 0; i < pixels.length; i += Frame.CHANNELS) {
      red += pixels[i];
      green += pixels[i + 1];
      blue += pixels[i + 2];
    }
    double count = pixels.length / (double) Frame.CHANNELS;
    mean[0] = red / count;
    mean[1] = green / count;
    mean[2] = blue / count;
  }

  private void shuffle(SplitMix64 random) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  private void scale(double factor) {
    for (double[] row : map) {
      for (int column = 0; column < 4; column++) {
        row[column] *= factor;
      }
    }
  }

  private void stretch(double factor) {
    double luma = 0;
    for (int row = 0; row < 3; row++) {
      double value = map[row][3];
      for (int column = 0; column < 3; column++) {
        value += map[row][column] * mean[column];
      }
      luma += LUMA[row] * value;
    }
    scale(factor);
    for (double[] row : map) {
      row[3] += (1 - factor) * luma;
    }
  }

  private void saturate(double factor) {
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        change[row][column] = (1 - factor) * LUMA[column] + (row == column ? factor : 0);
      }
    }
    compose();
  }

  private void turn(double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        change[row][column] =
            LUMA[column]
                + cos * ((row == column ? 1 : 0) - LUMA[column])
                + sin * QUARTER_TURN[row][column];
      }
    }
    compose();
  }

  private void compose() {
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 4; column++) {
        next[row][column] =
            change[row][0] * map[0][column]
                + change[row][1] * map[1][column]
                + change[row][2] * map[2][column];
      }
    }
    for (int row = 0; row < 3; row++) {
      System.arraycopy(next[row], 0, map[row], 0, 4);
    }
  }
}
