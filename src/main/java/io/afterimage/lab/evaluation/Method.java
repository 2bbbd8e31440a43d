package io.afterimage.lab.evaluation;

import io.afterimage.train.memory.MemorySettings.Eviction;
import io.afterimage.train.negatives.NegativeSettings;
import io.afterimage.train.negatives.NegativeSettings.Reason;
import io.afterimage.train.prior.PriorSettings.Estimator;
import java.util.ArrayList;
import java.util.List;

/**
 * A method of learning.
 *
 * @param name name in the tables
 * @param prior source of tau+
 * @param negatives weighting of the negatives
 * @param truth the part of the truth that the method is given; all but {@code NONE} are bounds, not
 *     methods
 * @param replay kind of replay memory
 * @param views views K of a group
 * @param cameras cameras of a mini-batch; 0 for any
 * @param temperature of the loss
 */
record Method(
    String name,
    Prior prior,
    NegativeSettings negatives,
    Truth truth,
    Replay replay,
    int views,
    int cameras,
    double temperature) {
  /** The source of tau+. */
  enum Prior {
    ZERO,
    TRUE_CLASS_PRIOR,
    CONTRAST,
    PROTOTYPES,
    LABELS;

    Estimator estimator() {
      return switch (this) {
        case ZERO, TRUE_CLASS_PRIOR -> Estimator.FIXED;
        case CONTRAST -> Estimator.CONTRAST;
        case PROTOTYPES -> Estimator.PROTOTYPES;
        case LABELS -> Estimator.LABELS;
      };
    }
  }

  /** The part of the truth that a method is given. */
  enum Truth {
    NONE,
    /** The encoder is not trained. */
    UNTRAINED,
    /** Negatives of the anchor's class (false negatives) are excluded. */
    CLASSES,
    /** Negatives of the anchor's object are excluded. */
    OBJECTS,
    /** Mini-batches are drawn from the whole stream, past and future. */
    WHOLE_STREAM
  }

  /** The kind of replay memory. */
  enum Replay {
    /** Fresh groups, and a reservoir that keeps every group with the same probability. */
    TWO_TIERS,
    /** Fresh groups, and a FIFO of the groups before them. */
    FIFO,
    /** Fresh groups, and a memory that evicts the older of its two most similar groups. */
    LEAST_REDUNDANT,
    /** Fresh groups only. */
    NOTHING;

    Eviction eviction() {
      return switch (this) {
        case FIFO -> Eviction.FIFO;
        case LEAST_REDUNDANT -> Eviction.REDUNDANCY;
        case TWO_TIERS, NOTHING -> Eviction.RESERVOIR;
      };
    }
  }

  /** The job's default. */
  static final String DEFAULT = "camera";

  static final String BIASED = "biased";
  static final String ORACLE = "oracle";

  /** All named methods. */
  static List<Method> all() {
    List<Method> all = new ArrayList<>();
    Method biased = of(BIASED);
    Method camera = of("camera", Reason.CAMERA);
    all.add(biased.with("untrained", Truth.UNTRAINED));
    all.add(biased);
    all.add(biased.with("debiased-true", Prior.TRUE_CLASS_PRIOR));
    all.add(biased.with("contrast", Prior.CONTRAST));
    all.add(biased.with("prototypes", Prior.PROTOTYPES));
    all.add(biased.with("labels", Prior.LABELS));
    all.add(biased.with(ORACLE, Truth.CLASSES));
    all.add(biased.with("oracle-objects", Truth.OBJECTS));
    all.add(biased.with("iid", Truth.WHOLE_STREAM));
    all.add(of("same-object", Reason.SAME_OBJECT));
    all.add(of("hard", Reason.HARD));
    all.add(of("posterior", Reason.POSTERIOR).with("posterior", Prior.TRUE_CLASS_PRIOR));
    all.add(camera);
    all.add(camera.with("camera-true", Prior.TRUE_CLASS_PRIOR));
    all.add(camera.with("camera-contrast", Prior.CONTRAST));
    all.add(camera.with("camera-prototypes", Prior.PROTOTYPES));
    all.add(camera.with("camera-labels", Prior.LABELS));
    all.add(camera.with("camera-oracle", Truth.CLASSES));
    all.add(camera.with("camera-oracle-objects", Truth.OBJECTS));
    all.add(camera.with("camera-iid", Truth.WHOLE_STREAM));
    all.add(of("camera-object", Reason.SAME_OBJECT, Reason.CAMERA));
    all.add(
        of("camera-object-contrast", Reason.SAME_OBJECT, Reason.CAMERA)
            .with("camera-object-contrast", Prior.CONTRAST));
    Method cameraHard = of("camera-hard", Reason.HARD, Reason.CAMERA);
    all.add(cameraHard);
    all.add(cameraHard.with("camera-hard-true", Prior.TRUE_CLASS_PRIOR));
    all.add(
        of("camera-posterior", Reason.POSTERIOR, Reason.CAMERA)
            .with("camera-posterior", Prior.TRUE_CLASS_PRIOR));
    all.add(biased.withViews("views-4", 4));
    all.add(camera.withViews("camera-views-4", 4));
    all.add(biased.with("memory-fifo", Replay.FIFO));
    all.add(biased.with("memory-none", Replay.NOTHING));
    all.add(camera.with("camera-memory-fifo", Replay.FIFO));
    all.add(camera.with("camera-memory-redundancy", Replay.LEAST_REDUNDANT));
    all.add(camera.with("camera-memory-none", Replay.NOTHING));
    for (String name : List.of("camera", "camera-true", "camera-oracle")) {
      Method mixed =
          all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
      for (int few : new int[] {1, 2, 4}) {
        Method ofFew = mixed.withCameras(name + "-of-" + few, few);
        all.add(ofFew);
        all.add(ofFew.withTemperature(ofFew.name() + "-cool", 0.2));
      }
    }
    return List.copyOf(all);
  }

  /**
   * The method of a name.
   *
   * @throws IllegalArgumentException naming all methods
   */
  static Method named(String name) {
    return all().stream()
        .filter(method -> method.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "methods must be of %s, but one was %s"
                        .formatted(all().stream().map(Method::name).toList(), name)));
  }

  private static Method of(String name, Reason... reasons) {
    return new Method(
        name, Prior.ZERO, NegativeSettings.of(reasons), Truth.NONE, Replay.TWO_TIERS, 2, 0, 0.5);
  }

  private Method with(String newName, Prior newPrior) {
    return new Method(newName, newPrior, negatives, truth, replay, views, cameras, temperature);
  }

  private Method with(String newName, Truth newTruth) {
    return new Method(newName, prior, negatives, newTruth, replay, views, cameras, temperature);
  }

  private Method with(String newName, Replay newReplay) {
    return new Method(newName, prior, negatives, truth, newReplay, views, cameras, temperature);
  }

  private Method withViews(String newName, int newViews) {
    return new Method(newName, prior, negatives, truth, replay, newViews, cameras, temperature);
  }

  private Method withCameras(String newName, int newCameras) {
    return new Method(newName, prior, negatives, truth, replay, views, newCameras, temperature);
  }

  private Method withTemperature(String newName, double newTemperature) {
    return new Method(newName, prior, negatives, truth, replay, views, cameras, newTemperature);
  }
}
