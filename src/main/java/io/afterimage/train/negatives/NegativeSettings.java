package io.afterimage.train.negatives;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * Settings for reweighting negatives.
 *
 * @param reasons the strategies, in the order of application; none for equal weights
 * @param sameCameraShare share of the anchor's own camera in the weight of its negatives, in [0, 1]
 * @param objectHorizon time from which on two groups of a camera count as different objects
 * @param halfLifeSteps steps after which the weight of an observation has halved
 * @param hardness how strongly similarity raises a hard negative's weight, at least 0
 * @param sharpness how strongly similarity separates false from true negatives, per standard
 *     deviation
 */
public record NegativeSettings(
    List<Reason> reasons,
    double sameCameraShare,
    Duration objectHorizon,
    int halfLifeSteps,
    double hardness,
    double sharpness) {
  /** A reason to reweight negatives. */
  public enum Reason {
    /** The same object: groups of one camera close in time. */
    SAME_OBJECT,
    /** The posterior of a false negative, given similarity and class prior. */
    POSTERIOR,
    /** Hard negatives, those of high similarity. */
    HARD,
    /** A fixed share of weight for the anchor's own camera. */
    CAMERA;

    /** The name of the empty list. */
    private static final String NONE = "none";

    /**
     * The strategies of a list such as {@code same-object,camera}; {@code none} is the empty list.
     *
     * @throws IllegalArgumentException if a name is unknown or repeated
     */
    public static List<Reason> parseList(String list) {
      if (list.trim().equals(NONE)) {
        return List.of();
      }
      List<Reason> reasons = Arrays.stream(list.split(",", -1)).map(Reason::parse).toList();
      if (EnumSet.copyOf(reasons).size() < reasons.size()) {
        throw new IllegalArgumentException(
            "a list must name each strategy at most once, but was " + list);
      }
      return reasons;
    }

    /** Whether {@link #parseList} accepts a list. */
    public static boolean isList(String list) {
      try {
        parseList(list);
        return true;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private static Reason parse(String name) {
      return valueOf(name.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** Equal weights, as in the paper. */
  public static final NegativeSettings ALL_ALIKE = of();

  public NegativeSettings {
    reasons = List.copyOf(reasons);
    if (!(sameCameraShare >= 0 && sameCameraShare <= 1)) {
      throw new IllegalArgumentException(
          "sameCameraShare must be in [0, 1], but was " + sameCameraShare);
    }
    if (objectHorizon.toMillis() < 1) {
      throw new IllegalArgumentException("objectHorizon must be >= 1 ms, but was " + objectHorizon);
    }
    if (halfLifeSteps < 1) {
      throw new IllegalArgumentException("halfLifeSteps must be >= 1, but was " + halfLifeSteps);
    }
    if (!(hardness >= 0)) {
      throw new IllegalArgumentException("hardness must be >= 0, but was " + hardness);
    }
    if (!(sharpness >= 0)) {
      throw new IllegalArgumentException("sharpness must be >= 0, but was " + sharpness);
    }
  }

  /** The given strategies with their default strengths. */
  public static NegativeSettings of(Reason... reasons) {
    return new NegativeSettings(List.of(reasons), 1, Duration.ofMinutes(1), 200, 1, 2);
  }
}
