package io.afterimage.stream.option;

import io.afterimage.train.negatives.NegativeSettings;
import io.afterimage.train.negatives.NegativeSettings.Reason;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options for reweighting negatives. */
public final class NegativesOptions {
  static final OptionGroup OPTIONS = new OptionGroup("negatives");

  public static final ConfigOption<String> STRATEGIES =
      OPTIONS.text(
          "strategies",
          "camera",
          new Rule<>(
              "none, or of camera, same-object, posterior and hard, each at most once, separated by"
                  + " commas",
              Reason::isList),
          "Strategies that reweight negatives, applied in the order given: camera sets"
              + " the share of the anchor's own camera, same-object reduces the weight of groups"
              + " of the same camera close in time, posterior reduces the weight of likely false"
              + " negatives given tau+, hard increases the weight of similar negatives. none"
              + " weights all negatives equally.");

  public static final ConfigOption<Double> SAME_CAMERA_SHARE =
      OPTIONS.share(
          "same-camera-share",
          1.0,
          "Share of the anchor's own camera in the total weight of its negatives, where"
              + " the mini-batch holds any (camera).");

  public static final ConfigOption<Duration> OBJECT_HORIZON =
      OPTIONS.duration(
          "object-horizon",
          Duration.ofMinutes(1),
          Rule.positiveDuration(),
          "Time between two groups of one camera from which they are assumed to show"
              + " different objects (same-object).");

  public static final ConfigOption<Integer> HALF_LIFE_STEPS =
      OPTIONS.integer(
          "half-life-steps",
          200,
          Rule.atLeast(1),
          "Half-life of an observation in the running estimate (steps; same-object).");

  public static final ConfigOption<Double> HARDNESS =
      OPTIONS.real(
          "hardness",
          1.0,
          Rule.between(0.0, 20.0),
          "Hardness of hard negatives: a negative is weighted by exp(hardness *"
              + " similarity) (hard).");

  public static final ConfigOption<Double> SHARPNESS =
      OPTIONS.real(
          "sharpness",
          2.0,
          Rule.between(0.0, 20.0),
          "Effect of similarity on the probability of a false negative: exp(sharpness *"
              + " z), with z the similarity in standard deviations from the mean (posterior).");

  private NegativesOptions() {}

  /** The weights of negatives. */
  public static NegativeSettings settings(Configuration options) {
    return new NegativeSettings(
        Reason.parseList(options.get(STRATEGIES)),
        options.get(SAME_CAMERA_SHARE),
        options.get(OBJECT_HORIZON),
        options.get(HALF_LIFE_STEPS),
        options.get(HARDNESS),
        options.get(SHARPNESS));
  }
}
