package io.afterimage.stream.option;

import io.afterimage.train.negatives.NegativeSettings;
import io.afterimage.train.negatives.NegativeSettings.Reason;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** How negatives are weighted. */
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
          "Which negatives count more than others, in the order in which it is decided: camera gives"
              + " the anchor's own camera its share, same-object takes away what is near in time,"
              + " posterior takes away likely class-mates by tau+, hard prefers similar ones.");

  public static final ConfigOption<Double> SAME_CAMERA_SHARE =
      OPTIONS.share(
          "same-camera-share",
          1.0,
          "Share of the anchor's own camera in the weight of its negatives, if it has some.");

  public static final ConfigOption<Duration> OBJECT_HORIZON =
      OPTIONS.duration(
          "object-horizon",
          Duration.ofMinutes(1),
          Rule.positiveDuration(),
          "From which time on two groups of a camera show different objects (same-object).");

  public static final ConfigOption<Integer> HALF_LIFE_STEPS =
      OPTIONS.integer(
          "half-life-steps",
          200,
          Rule.atLeast(1),
          "Steps after which an observation counts half (same-object).");

  public static final ConfigOption<Double> HARDNESS =
      OPTIONS.real(
          "hardness",
          1.0,
          Rule.between(0.0, 20.0),
          "How much more a similar negative counts: weight exp(hardness * similarity) (hard).");

  public static final ConfigOption<Double> SHARPNESS =
      OPTIONS.real(
          "sharpness",
          2.0,
          Rule.between(0.0, 20.0),
          "How strongly similarity tells class-mates from others (posterior).");

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
