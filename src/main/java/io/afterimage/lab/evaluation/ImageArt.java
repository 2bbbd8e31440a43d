package io.afterimage.lab.evaluation;

import io.afterimage.lab.simulation.DrawnObject;
import io.afterimage.lab.simulation.ObjectArt;
import io.afterimage.random.SplitMix64;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects cut out of gray images: black is transparent, no other color is darker than {@value
 * #DARKEST}, and each object has a faint random tint, independent of its class.
 */
final class ImageArt implements ObjectArt {
  /** Half the side of an image in the object's coordinates. */
  private static final float HALF = 0.9f;

  /** From this brightness on a pixel is opaque. */
  private static final float OPAQUE = 0.15f;

  private static final float DARKEST = 0.3f;

  private final LabelledImages images;
  private final int[][] members;

  /**
   * @param classes {@code (C)} classes of the images; class i of the art is the i-th of them
   */
  ImageArt(LabelledImages images, int[] classes) {
    this.images = images;
    members = new int[classes.length][];
    for (int i = 0; i < classes.length; i++) {
      List<Integer> found = new ArrayList<>();
      for (int image = 0; image < images.labels().length; image++) {
        if (images.labels()[image] == classes[i]) {
          found.add(image);
        }
      }
      if (found.isEmpty()) {
        throw new IllegalArgumentException("no image is of class " + classes[i]);
      }
      members[i] = found.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  @Override
  public int classes() {
    return members.length;
  }

  @Override
  public boolean turnsFreely(int objectClass) {
    return false;
  }

  @Override
  public DrawnObject draw(int objectClass, long objectSeed) {
    SplitMix64 random = new SplitMix64(SplitMix64.mix(objectSeed));
    int image = members[objectClass][random.nextInt(members[objectClass].length)];
    float red = 0.85f + 0.15f * (float) random.nextDouble();
    float green = 0.85f + 0.15f * (float) random.nextDouble();
    float blue = 0.85f + 0.15f * (float) random.nextDouble();
    return (u, v, phase, pixel, rgb) -> {
      float value = at(image, u, v);
      if (value <= 0) {
        return 0;
      }
      float level = DARKEST + (1 - DARKEST) * value;
      rgb[0] = level * red;
      rgb[1] = level * green;
      rgb[2] = level * blue;
      return Math.min(1, value / OPAQUE);
    };
  }

  /** The brightness at a point, in [0, 1], between pixels bilinearly; 0 outside the image. */
  private float at(int image, float u, float v) {
    float x = (u / HALF + 1) / 2 * images.width() - 0.5f;
    float y = (v / HALF + 1) / 2 * images.height() - 0.5f;
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    float right = x - left;
    float down = y - top;
    float upper = (1 - right) * level(image, left, top) + right * level(image, left + 1, top);
    float lower =
        (1 - right) * level(image, left, top + 1) + right * level(image, left + 1, top + 1);
    return ((1 - down) * upper + down * lower) / 255;
  }

  private float level(int image, int x, int y) {
    if (x < 0 || y < 0 || x >= images.width() || y >= images.height()) {
      return 0;
    }
    return images.pixels()[(image * images.height() + y) * images.width() + x] & 0xFF;
  }
}
