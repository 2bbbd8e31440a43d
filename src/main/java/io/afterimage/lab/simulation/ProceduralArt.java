package io.afterimage.lab.simulation;

import java.util.SplittableRandom;

/**
 * Procedural objects. With at most as many classes as {@linkplain Shape shapes}, classes differ in
 * shape, and the texture varies freely; with more classes, each is one shape with one texture.
 * Color is a weak cue: a third of a class's objects have a hue near the class's own, the others
 * any.
 */
public final class ProceduralArt implements ObjectArt {
  /** The largest number of classes. */
  public static final int MAX_CLASSES = Shape.values().length * Texture.values().length;

  private static final Shape[] SHAPES = Shape.values();
  private static final Texture[] TEXTURES = Texture.values();
  private static final double OWN_HUE = 1.0 / 3;
  private static final float OUTLINE = 0.07f;
  private static final float REACH = 1.15f;

  private final int classes;

  /**
   * @throws IllegalArgumentException if classes is not in [1, {@link #MAX_CLASSES}]
   */
  public ProceduralArt(int classes) {
    if (classes < 1 || classes > MAX_CLASSES) {
      throw new IllegalArgumentException(
          "classes must be from 1 to %d, but was %d".formatted(MAX_CLASSES, classes));
    }
    this.classes = classes;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public boolean turnsFreely(int objectClass) {
    return shape(objectClass).turnsFreely();
  }

  private static Shape shape(int objectClass) {
    return SHAPES[objectClass % SHAPES.length];
  }

  private Texture texture(int objectClass, SplittableRandom random) {
    return classes <= SHAPES.length
        ? TEXTURES[random.nextInt(TEXTURES.length)]
        // The shift gives classes of one texture different shapes, and vice versa.
        : TEXTURES[(objectClass + objectClass / SHAPES.length) % TEXTURES.length];
  }

  @Override
  public DrawnObject draw(int objectClass, long objectSeed) {
    SplittableRandom random = Seeds.random(objectSeed, objectClass);
    Shape shape = shape(objectClass);
    Texture texture = texture(objectClass, random);
    float[] shapeBuild = Shape.build(random);
    float[] textureBuild = Shape.build(random);
    double hue =
        random.nextDouble() < OWN_HUE
            ? (double) objectClass / classes + Seeds.between(random, -0.06, 0.06)
            : random.nextDouble();
    boolean bright = random.nextBoolean();
    float[] first = color(random, hue, bright);
    float[] second = color(random, hue + Seeds.between(random, 0.2, 0.8), bright);
    float darker = bright ? 0.55f : 1.6f;
    for (int i = 0; i < 3; i++) {
      second[i] = Math.min(1, second[i] * darker);
    }
    float outline = bright ? 0.08f : 0.95f;
    float squeeze = (float) Seeds.between(random, 0.8, 1);
    return (u, v, phase, pixel, rgb) -> {
      float y = v / squeeze;
      if (u * u + y * y > REACH * REACH) {
        return 0;
      }
      float distance = shape.distance(u, y, shapeBuild, phase);
      float coverage = Math.max(0, Math.min(1, 0.5f - distance / pixel));
      if (coverage > 0) {
        float share = texture.share(u, y, textureBuild);
        float edge = Math.max(0, Math.min(1, 0.5f + (distance + OUTLINE) / pixel));
        float light = 1 - 0.2f * v - 0.12f * u;
        for (int i = 0; i < 3; i++) {
          float surface = (first[i] + share * (second[i] - first[i])) * light;
          rgb[i] = surface + edge * (outline - surface);
        }
      }
      return coverage;
    };
  }

  private static float[] color(SplittableRandom random, double hue, boolean bright) {
    double saturation = Seeds.between(random, 0.45, 1);
    double value = bright ? Seeds.between(random, 0.8, 1) : Seeds.between(random, 0.2, 0.45);
    return Colors.fromHsv(hue, saturation, value);
  }
}
