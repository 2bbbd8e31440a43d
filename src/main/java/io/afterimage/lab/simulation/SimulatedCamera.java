package io.afterimage.lab.simulation;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One simulated camera: a fixed background, light that drifts, sensor noise, and one object at a
 * time that enters, moves and leaves. Every frame is a function of the settings, the camera and the
 * time; times may be requested in any order. Used by one thread.
 */
public final class SimulatedCamera {
  private static final float[] NOISE = noiseTable();

  private final SimulationSettings settings;
  private final ObjectArt art;
  private final int number;
  private final ClassSchedule mix;
  private final float[] background;
  private final Light light;
  private final Pan pan;
  private final float noiseLevels;
  private final float[] canvas;
  private final float[] rgb = new float[3];
  private @Nullable Visit current;

  /** The constants of a camera's light. */
  private record Light(
      double slowRate,
      double slowPhase,
      double fastRate,
      double fastPhase,
      double slant,
      double warmthRate) {}

  SimulatedCamera(SimulationSettings settings, ObjectArt art, int number, ClassSchedule mix) {
    this.settings = settings;
    this.art = art;
    this.number = number;
    this.mix = mix;
    this.background =
        Background.paint(
            Seeds.derive(settings.seed(), number, Draw.BACKGROUND.ordinal()),
            surroundings(settings.width()),
            surroundings(settings.height()),
            settings.backgroundLight());
    this.canvas = new float[settings.width() * settings.height() * 3];
    SplittableRandom random = Seeds.random(settings.seed(), number, Draw.LIGHT.ordinal());
    this.light =
        new Light(
            2 * Math.PI / Seeds.between(random, 40, 160),
            Seeds.between(random, 0, 2 * Math.PI),
            2 * Math.PI / Seeds.between(random, 5, 20),
            Seeds.between(random, 0, 2 * Math.PI),
            Seeds.between(random, 0, 2 * Math.PI),
            2 * Math.PI / Seeds.between(random, 60, 200));
    this.noiseLevels = (float) Seeds.between(random, 2, 5);
    this.pan =
        new Pan(
            2 * Math.PI / Seeds.between(random, 10, 40),
            Seeds.between(random, 0, 2 * Math.PI),
            2 * Math.PI / Seeds.between(random, 10, 40),
            Seeds.between(random, 0, 2 * Math.PI));
  }

  /** The extent of the surroundings that a camera can cover along one side (pixels). */
  private int surroundings(int side) {
    return side + (int) Math.round(settings.wander() * side);
  }

  /** The constants of a camera's own movement. */
  private record Pan(double rateX, double phaseX, double rateY, double phaseY) {}

  private enum Draw {
    BACKGROUND,
    LIGHT,
    VISIT_END,
    CLASS,
    OBJECT,
    PATH,
    NOISE
  }

  /** The camera's id. */
  public String id() {
    return "camera-" + number;
  }

  /** {@code (classes)} probabilities of the classes of this camera's first visitor; sums to 1. */
  public double[] classMix() {
    return classMix(0);
  }

  /**
   * As {@link #classMix()}, for visitors that arrive at a time (milliseconds of the camera's time).
   */
  double[] classMix(long timeMillis) {
    return mix.priors(timeMillis).clone();
  }

  /** The object in view at a time (milliseconds of the camera's time, from 0). */
  public SceneTruth truth(long timeMillis) {
    Visit visit = visitAt(timeMillis);
    return new SceneTruth(
        visit.truth().objectClass(), visit.truth().visit(), visit.progress(timeMillis));
  }

  /**
   * The picture at a time (milliseconds of the camera's time, from 0).
   *
   * @return {@code (height, width, 3)} row-major, red-green-blue, unsigned bytes; the caller's own
   */
  public byte[] render(long timeMillis) {
    look(timeMillis / 1000.0);
    paintObject(visitAt(timeMillis), timeMillis);
    return expose(timeMillis);
  }

  /** Cuts out the camera's current view of the surroundings. */
  private void look(double seconds) {
    int width = settings.width();
    int height = settings.height();
    int stride = surroundings(width);
    int left = (int) (along(pan.rateX * seconds + pan.phaseX) * (stride - width));
    int top = (int) (along(pan.rateY * seconds + pan.phaseY) * (surroundings(height) - height));
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          background, ((top + y) * stride + left) * 3, canvas, y * width * 3, width * 3);
    }
  }

  private static double along(double angle) {
    return 0.5 + 0.5 * Math.sin(angle);
  }

  /** The time at which a visit has a given progress. */
  long timeWithin(long visit, double progress) {
    long start = startMillis(visit);
    return start + (long) (progress * (startMillis(visit + 1) - start));
  }

  private Visit visitAt(long timeMillis) {
    if (timeMillis < 0) {
      throw new IllegalArgumentException("timeMillis must be >= 0, but was " + timeMillis);
    }
    Visit known = current;
    if (known == null || timeMillis < known.startMillis() || timeMillis >= known.endMillis()) {
      known = drawVisit(visitNumber(timeMillis));
      current = known;
    }
    return known;
  }

  /**
   * Visit n lies between the jittered marks n and n + 1, which allows finding it without its
   * predecessors.
   */
  private long visitNumber(long timeMillis) {
    long number = (long) (timeMillis / (settings.visitSeconds() * 1000));
    while (startMillis(number) > timeMillis) {
      number--;
    }
    while (startMillis(number + 1) <= timeMillis) {
      number++;
    }
    return number;
  }

  private long startMillis(long visit) {
    if (visit == 0) {
      return 0;
    }
    double jitter =
        0.5 * Seeds.uniform(settings.seed(), number, Draw.VISIT_END.ordinal(), visit) - 0.25;
    return Math.round((visit + jitter) * settings.visitSeconds() * 1000);
  }

  private Visit drawVisit(long visit) {
    double[] priors = mix.priors(startMillis(visit));
    int objectClass =
        pick(priors, Seeds.uniform(settings.seed(), number, Draw.CLASS.ordinal(), visit));
    long objectSeed = Seeds.derive(settings.seed(), number, Draw.OBJECT.ordinal(), visit);
    return new Visit(
        new SceneTruth(objectClass, visit, 0),
        startMillis(visit),
        startMillis(visit + 1),
        Visit.drawPath(
            Seeds.random(settings.seed(), number, Draw.PATH.ordinal(), visit),
            art.turnsFreely(objectClass)),
        art.draw(objectClass, objectSeed));
  }

  private static int pick(double[] mix, double uniform) {
    double sum = 0;
    for (int c = 0; c < mix.length - 1; c++) {
      sum += mix[c];
      if (uniform < sum) {
        return c;
      }
    }
    return mix.length - 1;
  }

  private void paintObject(Visit visit, long timeMillis) {
    Visit.Pose pose = visit.pose(timeMillis);
    int width = settings.width();
    int height = settings.height();
    double side = Math.min(width, height);
    double radius = pose.radius() * side;
    double centerX = width / 2.0 + pose.x() * side;
    double centerY = height / 2.0 + pose.y() * side;
    double reach = 1.2 * radius;
    int left = (int) Math.max(0, Math.floor(centerX - reach));
    int right = (int) Math.min(width - 1.0, Math.ceil(centerX + reach));
    int top = (int) Math.max(0, Math.floor(centerY - reach));
    int bottom = (int) Math.min(height - 1.0, Math.ceil(centerY + reach));
    float cos = (float) (Math.cos(pose.angle()) / radius);
    float sin = (float) (Math.sin(pose.angle()) / radius);
    float mirror = pose.mirrored() ? -1 : 1;
    float pixel = (float) (1 / radius);
    float phase = (float) pose.phase();
    for (int y = top; y <= bottom; y++) {
      float dy = (float) (y + 0.5 - centerY);
      for (int x = left; x <= right; x++) {
        float dx = (float) (x + 0.5 - centerX);
        float u = mirror * (cos * dx + sin * dy);
        float v = cos * dy - sin * dx;
        float coverage = visit.object().sample(u, v, phase, pixel, rgb);
        if (coverage > 0) {
          int i = (y * width + x) * 3;
          for (int c = 0; c < 3; c++) {
            canvas[i + c] += coverage * (rgb[c] - canvas[i + c]);
          }
        }
      }
    }
  }

  /** Light, white balance and sensor noise; 8 bits. */
  private byte[] expose(long timeMillis) {
    double seconds = timeMillis / 1000.0;
    double gain =
        1
            + 0.25 * Math.sin(light.slowRate * seconds + light.slowPhase)
            + 0.1 * Math.sin(light.fastRate * seconds + light.fastPhase);
    double warmth = 0.06 * Math.sin(light.warmthRate * seconds + light.fastPhase);
    float[] gains = {
      (float) (255 * gain * (1 + warmth)), (float) (255 * gain), (float) (255 * gain * (1 - warmth))
    };
    int width = settings.width();
    int height = settings.height();
    float slantX = (float) (0.3 * Math.cos(light.slant) / width);
    float slantY = (float) (0.3 * Math.sin(light.slant) / height);
    long draw = Seeds.derive(settings.seed(), number, Draw.NOISE.ordinal(), timeMillis);
    byte[] pixels = new byte[canvas.length];
    for (int y = 0, i = 0; y < height; y++) {
      float slant = 1 + slantY * (y - height / 2f) - slantX * (width / 2f);
      // Each row reads the table sequentially from a random start; a random access per pixel would
      // be slower.
      int at = (int) (Seeds.derive(draw, y) & NOISE.length - 1);
      for (int x = 0; x < width; x++, slant += slantX) {
        for (int c = 0; c < 3; c++, i++) {
          at = at + 1 & NOISE.length - 1;
          int level = (int) (canvas[i] * gains[c] * slant + noiseLevels * NOISE[at] + 0.5f);
          pixels[i] = (byte) Math.max(0, Math.min(255, level));
        }
      }
    }
    return pixels;
  }

  /** Normally distributed numbers. */
  private static float[] noiseTable() {
    SplittableRandom random = new SplittableRandom(1);
    float[] table = new float[1 << 14];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) random.nextGaussian();
    }
    return table;
  }
}
