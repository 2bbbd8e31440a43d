package io.afterimage.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Simulated cameras and the ground truth about them. */
public final class Simulation {
  private static final long MIX = 1;
  private static final int LATEST_HELD_OUT_VISIT = 1000;

  private final SimulationSettings settings;
  private final ObjectArt heldOutArt;
  private final List<SimulatedCamera> cameras;

  /**
   * @param art the objects that the cameras see
   * @param heldOutArt the objects of {@linkplain #heldOut held-out scenes}; may be the same if
   *     every seed gives another object
   * @throws IllegalArgumentException if the art has fewer classes than the settings
   */
  public Simulation(SimulationSettings settings, ObjectArt art, ObjectArt heldOutArt) {
    this(settings, ClassSchedule.constant(settings.classPriors()), art, heldOutArt);
  }

  /**
   * As above, with class priors that change in time.
   *
   * @param schedule replaces the settings' class priors; has the same number of classes
   */
  public Simulation(
      SimulationSettings settings, ClassSchedule schedule, ObjectArt art, ObjectArt heldOutArt) {
    int drawable = Math.min(art.classes(), heldOutArt.classes());
    if (drawable < settings.classes()) {
      throw new IllegalArgumentException(
          "classes must be <= %d, the classes that can be drawn, but was %d"
              .formatted(drawable, settings.classes()));
    }
    this.settings = settings;
    this.heldOutArt = heldOutArt;
    List<SimulatedCamera> all = new ArrayList<>();
    for (int camera = 0; camera < settings.cameras(); camera++) {
      all.add(new SimulatedCamera(settings, art, camera, mix(schedule, camera)));
    }
    this.cameras = List.copyOf(all);
  }

  /** Simulated cameras with procedural objects. */
  public static Simulation procedural(SimulationSettings settings) {
    ObjectArt art = new ProceduralArt(settings.classes());
    return new Simulation(settings, art, art);
  }

  /** The schedule of one camera: each class's share times a factor specific to the camera. */
  private ClassSchedule mix(ClassSchedule schedule, int camera) {
    SplittableRandom random = Seeds.random(settings.seed(), MIX, camera);
    double[] factors = new double[settings.classes()];
    for (int c = 0; c < factors.length; c++) {
      factors[c] = Math.exp(settings.cameraSkew() * random.nextGaussian());
    }
    return timeMillis -> {
      double[] mix = schedule.priors(timeMillis).clone();
      double sum = 0;
      for (int c = 0; c < mix.length; c++) {
        mix[c] *= factors[c];
        sum += mix[c];
      }
      for (int c = 0; c < mix.length; c++) {
        mix[c] /= sum;
      }
      return mix;
    };
  }

  public SimulationSettings settings() {
    return settings;
  }

  /** The cameras; each is used by one thread. */
  public List<SimulatedCamera> cameras() {
    return cameras;
  }

  /**
   * The probability that two frames drawn at random, over all cameras and far apart in time, show
   * the same class at the start; the true value of the class prior.
   */
  public double truePrior() {
    return truePrior(0);
  }

  /**
   * As {@link #truePrior()}, for objects that arrive at a time (milliseconds of the cameras' time).
   */
  public double truePrior(long timeMillis) {
    double[] overall = new double[settings.classes()];
    for (SimulatedCamera camera : cameras) {
      double[] mix = camera.classMix(timeMillis);
      for (int c = 0; c < overall.length; c++) {
        overall[c] += mix[c] / cameras.size();
      }
    }
    double sum = 0;
    for (double share : overall) {
      sum += share * share;
    }
    return sum;
  }

  /**
   * Labeled scenes that no camera of this simulation shows: other objects, each with its own
   * background and light, which leaves the object as the only cue to its class. Classes alternate.
   *
   * @param count number of scenes
   * @param set number of the set; sets are disjoint
   */
  public List<LabelledScene> heldOut(int count, int set) {
    List<LabelledScene> scenes = new ArrayList<>(count);
    int classes = settings.classes();
    for (int i = 0; i < count; i++) {
      long seed = Seeds.derive(~settings.seed(), set, i);
      double[] onlyOne = new double[classes];
      onlyOne[i % classes] = 1;
      SimulatedCamera camera =
          new SimulatedCamera(
              settings.withSeed(seed), heldOutArt, 0, ClassSchedule.constant(onlyOne));
      SplittableRandom random = new SplittableRandom(seed);
      long time =
          camera.timeWithin(random.nextInt(LATEST_HELD_OUT_VISIT), Seeds.between(random, 0.2, 0.8));
      scenes.add(
          new LabelledScene(i % classes, settings.width(), settings.height(), camera.render(time)));
    }
    return scenes;
  }
}
