package io.afterimage.lab.simulation;

/** Surfaces: the share of the second color at a point, in [0, 1]. */
enum Texture {
  PLAIN {
    @Override
    float share(float u, float v, float[] build) {
      return 0;
    }
  },
  STRIPES {
    @Override
    float share(float u, float v, float[] build) {
      double angle = Math.PI * build[1];
      return wave((float) (u * Math.cos(angle) + v * Math.sin(angle)), build);
    }
  },
  CHECKS {
    @Override
    float share(float u, float v, float[] build) {
      float a = wave(u, build);
      float b = wave(v, build);
      return a * (1 - b) + b * (1 - a);
    }
  },
  DOTS {
    @Override
    float share(float u, float v, float[] build) {
      float period = period(build);
      float x = u / period + build[2];
      float y = v / period + build[3];
      x -= Math.round(x);
      y -= Math.round(y);
      return ramp((0.09f - x * x - y * y) * 8);
    }
  },
  RINGS {
    @Override
    float share(float u, float v, float[] build) {
      return wave((float) Math.sqrt(u * u + v * v), build);
    }
  };

  /**
   * @param build {@code (4)} parameters in [0, 1]: period, direction and place of the pattern
   */
  abstract float share(float u, float v, float[] build);

  private static float period(float[] build) {
    return 0.4f + 0.35f * build[0];
  }

  /** A square wave with soft edges. */
  private static float wave(float x, float[] build) {
    float t = x / period(build) + build[2];
    t -= (float) Math.floor(t);
    return ramp((0.25f - Math.abs(t - 0.5f)) * 8);
  }

  private static float ramp(float x) {
    return Math.max(0, Math.min(1, 0.5f + x));
  }
}
