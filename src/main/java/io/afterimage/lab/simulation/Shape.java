package io.afterimage.lab.simulation;

import java.util.SplittableRandom;

/**
 * Outlines as signed distances: negative inside, positive outside, in units of the object's own
 * coordinates. Near the edge they are distances up to a factor near 1, which is all that smooth
 * edges need.
 *
 * <p>Each outline takes four parameters in [0, 1], an object's own build, and the phase of its
 * movement.
 */
enum Shape {
  /** A rim with spokes that roll. */
  WHEEL(true) {
    @Override
    float distance(float u, float v, float[] build, float phase) {
      float r = length(u, v);
      float rim = Math.abs(r - 0.82f) - (0.08f + 0.1f * build[0]);
      int spokes = 3 + (int) (build[1] * 3.99f);
      float sector = (float) (2 * Math.PI / spokes);
      float angle = angle(u, v) + phase * 0.5f;
      float folded = angle - sector * Math.round(angle / sector);
      float across = Math.abs(r * (float) Math.sin(folded));
      float spoke =
          Math.max(
              across - (0.05f + 0.06f * build[2]), Math.max(r - 0.82f, -(float) Math.cos(folded)));
      float hub = r - (0.12f + 0.12f * build[3]);
      return Math.min(rim, Math.min(spoke, hub));
    }
  },
  /** A star of four to seven points. */
  STAR(true) {
    @Override
    float distance(float u, float v, float[] build, float phase) {
      float r = length(u, v);
      int points = 4 + (int) (build[0] * 3.99f);
      float sector = (float) (2 * Math.PI / points);
      float angle = angle(u, v);
      float folded = Math.abs(angle - sector * Math.round(angle / sector));
      // The edge runs from a tip at radius 1 to a notch half a sector away.
      float notch = 0.34f + 0.14f * build[1] + 0.04f * (float) Math.sin(phase);
      float notchX = notch * (float) Math.cos(sector / 2);
      float notchY = notch * (float) Math.sin(sector / 2);
      float x = r * (float) Math.cos(folded);
      float y = r * (float) Math.sin(folded);
      float edgeX = notchX - 1;
      float edgeLength = length(edgeX, notchY);
      return ((x - 1) * notchY - y * edgeX) / edgeLength;
    }
  },
  /** A swimmer: an oval body with a tail that wags. */
  FISH(false) {
    @Override
    float distance(float u, float v, float[] build, float phase) {
      float wag = 0.22f * (float) Math.sin(phase);
      float height = 0.3f + 0.2f * build[0];
      float bend = u < 0 ? wag * u * u : 0;
      float y = v - bend;
      float body = (length((u - 0.22f) / 0.72f, y / height) - 1) * height;
      float reach = -u - 0.3f;
      float spread = 0.12f + (0.5f + 0.4f * build[1]) * Math.max(0, reach);
      float tail = Math.max(Math.abs(y) - spread, Math.max(-reach, reach - 0.65f));
      float fin =
          Math.max(Math.abs(u - 0.2f) - 0.2f * (0.4f + build[2]), Math.abs(y + height) - 0.14f);
      return Math.min(Math.min(body, tail), fin);
    }
  },
  /** A figure that walks: head, trunk, swinging arms and legs. */
  WALKER(false) {
    @Override
    float distance(float u, float v, float[] build, float phase) {
      float swing = (0.25f + 0.25f * build[0]) * (float) Math.sin(phase);
      float limb = 0.09f + 0.06f * build[1];
      float head = length(u, v + 0.76f) - (0.2f + 0.06f * build[2]);
      float trunk = segment(u, v, 0, -0.4f, 0, 0.15f) - (0.18f + 0.12f * build[3]);
      float legs =
          Math.min(segment(u, v, 0, 0.15f, swing, 0.9f), segment(u, v, 0, 0.15f, -swing, 0.9f))
              - limb;
      float arms =
          Math.min(
                  segment(u, v, 0, -0.42f, 0.3f + 0.8f * swing, 0.15f),
                  segment(u, v, 0, -0.42f, -0.3f + 0.8f * swing, 0.15f))
              - limb;
      return Math.min(Math.min(head, trunk), Math.min(legs, arms));
    }
  },
  /** A sickle. */
  CRESCENT(false) {
    @Override
    float distance(float u, float v, float[] build, float phase) {
      float outer = length(u, v) - 0.92f;
      float shift = 0.35f + 0.25f * build[0] + 0.05f * (float) Math.sin(phase);
      float inner = length(u - shift, v) - (0.72f + 0.1f * build[1]);
      return Math.max(outer, -inner);
    }
  },
  /** A lorry seen from the side: box, cabin, two wheels. */
  LORRY(false) {
    @Override
    float distance(float u, float v, float[] build, float phase) {
      float shake = 0.03f * (float) Math.sin(2 * phase);
      float y = v + shake;
      float roof = -0.3f - 0.3f * build[0];
      float split = 0.3f + 0.15f * build[1];
      float load =
          box(
              u,
              y,
              (-0.95f + split) / 2,
              (roof + 0.4f) / 2,
              (0.95f + split) / 2 - 0.03f,
              (0.4f - roof) / 2);
      float cabinTop = -0.05f - 0.2f * build[2];
      float cabin =
          box(
              u,
              y,
              (0.95f + split) / 2,
              (cabinTop + 0.4f) / 2,
              (0.95f - split) / 2,
              (0.4f - cabinTop) / 2);
      float radius = 0.18f + 0.06f * build[3];
      float wheels = Math.min(length(u + 0.55f, v - 0.45f), length(u - 0.6f, v - 0.45f)) - radius;
      return Math.min(Math.min(load, cabin), wheels);
    }
  },
  /** An arrow with a broad head. */
  ARROW(false) {
    @Override
    float distance(float u, float v, float[] build, float phase) {
      float bend = 0.1f * (float) Math.sin(phase) * (1 - u * u);
      float y = v - bend;
      float shaft = box(u, y, -0.35f, 0, 0.6f, 0.14f + 0.12f * build[0]);
      float neck = 0.05f + 0.25f * build[1];
      float breadth = 0.55f + 0.25f * build[2];
      float slope = breadth / (0.95f - neck);
      float head = Math.max((Math.abs(y) - (0.95f - u) * slope) / length(1, slope), neck - u);
      return Math.min(shaft, head);
    }
  },
  /** A flower: petals around a middle. */
  FLOWER(true) {
    @Override
    float distance(float u, float v, float[] build, float phase) {
      float r = length(u, v);
      int petals = 5 + (int) (build[0] * 3.99f);
      float angle = angle(u, v) + 0.1f * (float) Math.sin(phase);
      float depth = 0.18f + 0.1f * build[1];
      float radius = 0.92f - depth + depth * (float) Math.cos(petals * angle);
      return (r - radius) * 0.7f;
    }
  };

  /** Parameters of a build. */
  static final int BUILD = 4;

  private final boolean turnsFreely;

  Shape(boolean turnsFreely) {
    this.turnsFreely = turnsFreely;
  }

  abstract float distance(float u, float v, float[] build, float phase);

  boolean turnsFreely() {
    return turnsFreely;
  }

  static float[] build(SplittableRandom random) {
    float[] build = new float[BUILD];
    for (int i = 0; i < BUILD; i++) {
      build[i] = (float) random.nextDouble();
    }
    return build;
  }

  /**
   * The angle of (u, v) in radians, within 0.005: several times as fast as {@link Math#atan2},
   * whose exactness an outline does not need.
   */
  private static float angle(float u, float v) {
    float au = Math.abs(u);
    float av = Math.abs(v);
    float ratio = Math.min(au, av) / Math.max(Math.max(au, av), 1e-6f);
    float octant = ratio * (0.9724f - 0.1919f * ratio * ratio);
    float quadrant = av > au ? (float) (Math.PI / 2) - octant : octant;
    float half = u < 0 ? (float) Math.PI - quadrant : quadrant;
    return v < 0 ? -half : half;
  }

  private static float length(float x, float y) {
    return (float) Math.sqrt(x * x + y * y);
  }

  /** Distance to a segment from (ax, ay) to (bx, by). */
  private static float segment(float x, float y, float ax, float ay, float bx, float by) {
    float dx = bx - ax;
    float dy = by - ay;
    float along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
    float t = Math.max(0, Math.min(1, along));
    return length(x - ax - t * dx, y - ay - t * dy);
  }

  /** Distance to an upright box around (cx, cy). */
  private static float box(
      float x, float y, float cx, float cy, float halfWidth, float halfHeight) {
    return Math.max(Math.abs(x - cx) - halfWidth, Math.abs(y - cy) - halfHeight);
  }
}
