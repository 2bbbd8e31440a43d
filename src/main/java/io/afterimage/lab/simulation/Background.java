package io.afterimage.lab.simulation;

import java.util.SplittableRandom;

/**
 * The background of a camera: two surfaces that meet at a horizon, clutter, and mottling on top.
 * Fixed for each camera.
 */
final class Background {
  private static final int OCTAVES = 4;

  private Background() {}

  /**
   * {@code (height, width, 3)} in [0, 1].
   *
   * @param light brightness relative to the default
   */
  static float[] paint(long seed, int width, int height, double light) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] far = muted(random);
    float[] near = muted(random);
    double horizon = Seeds.between(random, 0.2, 0.8);
    double slope = Seeds.between(random, -0.3, 0.3);
    float[] pixels = new float[width * height * 3];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double below = (y + 0.5) / height - horizon - slope * ((x + 0.5) / width - 0.5);
        float share = (float) Math.max(0, Math.min(1, 0.5 + below * 12));
        for (int c = 0; c < 3; c++) {
          pixels[i++] = far[c] + share * (near[c] - far[c]);
        }
      }
    }
    int things = 2 + random.nextInt(5);
    for (int thing = 0; thing < things; thing++) {
      clutter(pixels, width, height, random);
    }
    mottle(pixels, width, height, random.nextLong(), Seeds.between(random, 0.05, 0.18));
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] *= (float) light;
    }
    return pixels;
  }

  private static float[] muted(SplittableRandom random) {
    return Colors.fromHsv(
        random.nextDouble(), Seeds.between(random, 0, 0.25), Seeds.between(random, 0.35, 0.6));
  }

  /** A leaning post, wall or patch. */
  private static void clutter(float[] pixels, int width, int height, SplittableRandom random) {
    float[] color = muted(random);
    double angle = Seeds.between(random, -0.4, 0.4);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double centerX = random.nextDouble() * width;
    double centerY = random.nextDouble() * height;
    double halfWidth = Seeds.between(random, 0.02, 0.2) * width;
    double halfHeight = Seeds.between(random, 0.03, 0.3) * height;
    double strength = Seeds.between(random, 0.4, 0.9);
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i += 3) {
        double dx = x - centerX;
        double dy = y - centerY;
        double outside =
            Math.max(
                Math.abs(cos * dx + sin * dy) - halfWidth,
                Math.abs(cos * dy - sin * dx) - halfHeight);
        float share = (float) (strength * Math.max(0, Math.min(1, 0.5 - outside)));
        for (int c = 0; c < 3; c++) {
          pixels[i + c] += share * (color[c] - pixels[i + c]);
        }
      }
    }
  }

  /** Brightness as value noise of several octaves. */
  private static void mottle(float[] pixels, int width, int height, long seed, double strength) {
    double scale = 3.0 / Math.min(width, height);
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int octave = 0; octave < OCTAVES; octave++) {
          double frequency = scale * (1 << octave);
          sum +=
              valueNoise(Seeds.derive(seed, octave), x * frequency, y * frequency) / (1 << octave);
        }
        float gain = (float) (1 + strength * sum);
        for (int c = 0; c < 3; c++, i++) {
          pixels[i] = Math.max(0, Math.min(1, pixels[i] * gain));
        }
      }
    }
  }

  /** Smooth noise in [-1, 1] that takes a random value at every integer point. */
  private static double valueNoise(long seed, double x, double y) {
    long x0 = (long) Math.floor(x);
    long y0 = (long) Math.floor(y);
    double tx = smooth(x - x0);
    double ty = smooth(y - y0);
    double top = lerp(corner(seed, x0, y0), corner(seed, x0 + 1, y0), tx);
    double bottom = lerp(corner(seed, x0, y0 + 1), corner(seed, x0 + 1, y0 + 1), tx);
    return lerp(top, bottom, ty);
  }

  private static double corner(long seed, long x, long y) {
    return 2 * Seeds.uniform(seed, x, y) - 1;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double lerp(double a, double b, double t) {
    return a + t * (b - a);
  }
}
