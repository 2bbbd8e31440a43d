package io.afterimage.frame;

import java.util.Arrays;
import java.util.Random;

/** Random damage to encoded images, as lines and disks do it, and worse. */
final class Fuzz {
  private Fuzz() {}

  static byte[] damaged(byte[] whole, Random random) {
    byte[] image = whole.clone();
    switch (random.nextInt(5)) {
      case 0 -> flipBits(image, 1 + random.nextInt(4), image.length, random);
      case 1 -> flipBits(image, 1 + random.nextInt(40), image.length, random);
      case 2 -> flipBits(image, 1 + random.nextInt(6), Math.min(image.length, 700), random);
      case 3 -> {
        int from = random.nextInt(image.length);
        byte[] noise = new byte[Math.min(image.length - from, 1 + random.nextInt(200))];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, image, from, noise.length);
      }
      default -> {
        int keep = 2 + random.nextInt(20);
        byte[] noise = new byte[1 + random.nextInt(4000)];
        random.nextBytes(noise);
        image = Arrays.copyOf(image, keep + noise.length);
        System.arraycopy(noise, 0, image, keep, noise.length);
      }
    }
    return image;
  }

  private static void flipBits(byte[] image, int count, int within, Random random) {
    for (int i = 0; i < count; i++) {
      image[random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
    }
  }
}
