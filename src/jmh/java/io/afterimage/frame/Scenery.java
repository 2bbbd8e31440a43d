package io.afterimage.frame;

import java.util.Random;

/** A picture about as hard for JPEG as a street: shapes with edges under fine grain. */
final class Scenery {
  private Scenery() {}

  /**
   * @return {@code (height, width, 3)} red-green-blue
   */
  static byte[] rgb(int width, int height) {
    Random random = new Random(1);
    byte[] pixels = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int tile = x * 24 / width * 31 + y * 18 / height * 17;
        int grain = random.nextInt(24);
        for (int c = 0; c < 3; c++) {
          int shade = 40 + tile * (c + 3) % 150 + 30 * x / width;
          pixels[(y * width + x) * 3 + c] = (byte) (shade + grain);
        }
      }
    }
    return pixels;
  }
}
