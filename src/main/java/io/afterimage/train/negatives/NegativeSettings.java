package io.afterimage.train.negatives;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * Which negatives count how much.
 *
 * @param reasons the strategies, in the order in which they act; none counts all negatives alike
 * @param sameCameraShare share of the anchor's own camera in the weight of its negatives, in [0, 1]
 * @param objectHorizon from which time on two groups of a camera show different objects
 * @param halfLifeSteps steps after which an observation counts half
 * @param hardness how strongly similarity raises a hard negative's weight, at least 0
 * @param sharpness how strongly similarity tells class-mates from others, in standard deviations
 */
public record NegativeSettings(
    List<Reason> reasons,
    double sameCameraShare,
    Duration objectHorizon,
    int halfLifeSteps,
    double hardness,
    double sharpness) {
  /** Why some negatives count more than others. */
  public enum Reason {
    /** The same object: groups of one camera that are near in time. */
    SAME_OBJECT,
    /** The posterior of a false negative, given similarity and class prior. */
    POSTERIOR,
    /** Hard negatives: similar ones. */
    HARD,
    /** The anchor's own camera, with a share of its own. */
    CAMERA;

    /** The word for no strategy in a list. */
    private static final String NONE = "none";

    /**
     * The strategies of a list as {@code same-object,camera}; of {@code none} there are none.
     *
     * @throws IllegalArgumentException if a name is unknown or comes twice
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

    /** Whether {@link #parseList} takes a list. */
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

  /** The loss as the paper has it. */
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

  /** The given strategies with their usual strengths. */
  public static NegativeSettings of(Reason... reasons) {
    return new NegativeSettings(List.of(reasons), 1, Duration.ofMinutes(1), 200, 1, 2);
  }
}
