package io.afterimage.stream.option;

import io.afterimage.train.prior.PriorSettings;
import io.afterimage.train.prior.PriorSettings.Estimator;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options for estimating the class prior tau+. */
public final class PriorOptions {
  static final OptionGroup OPTIONS = new OptionGroup("prior");

  public static final ConfigOption<Estimator> ESTIMATOR =
      OPTIONS.enumeration(
          "estimator",
          Estimator.class,
          Estimator.CONTRAST,
          "Estimator of tau+: fixed uses prior.fixed; contrast estimates the effective"
              + " prior, the weighted share of negatives that show the anchor's own object, from"
              + " similarities by time between frames; prototypes estimates the class prior from"
              + " clusters of embeddings; labels estimates the class prior from frames whose"
              + " records have the header label.");

  public static final ConfigOption<Double> FIXED =
      OPTIONS.real(
          "fixed",
          0.05,
          Rule.fromUpToBelow(0.0, 1.0),
          "tau+ of the fixed estimator; the other estimators use it until they identify"
              + " tau+. 0 gives the ordinary contrastive loss.");

  public static final ConfigOption<Double> MIN =
      OPTIONS.real("min", 0.0, Rule.fromUpToBelow(0.0, 1.0), "Lower bound of the estimate.");

  public static final ConfigOption<Double> MAX =
      OPTIONS.real(
          "max",
          0.5,
          Rule.fromUpToBelow(0.0, 1.0),
          "Upper bound of the estimate; the loss divides by 1 - tau+.");

  public static final ConfigOption<Integer> HALF_LIFE_STEPS =
      OPTIONS.integer(
          "half-life-steps",
          200,
          Rule.atLeast(1),
          "Half-life of an observation in the running estimate (steps).");

  public static final ConfigOption<Integer> WARMUP_STEPS =
      OPTIONS.integer(
          "warmup-steps", 100, Rule.atLeast(0), "Steps before the estimate replaces prior.fixed.");

  public static final ConfigOption<Integer> BINS =
      OPTIONS.integer(
          "bins", 100, Rule.between(2, 10_000), "Bins of a similarity histogram over [-1, 1].");

  public static final ConfigOption<Integer> PROTOTYPES =
      OPTIONS.integer(
          "prototypes",
          PriorSettings.PROTOTYPES,
          Rule.between(2, 256),
          "Most clusters that the prototypes estimator tries. It uses the number with the"
              + " clearest clusters, provided that they are clear and agree between the two"
              + " halves of the stream.");

  static {
    OPTIONS.clash(
        List.of(MIN, MAX),
        o -> o.get(MIN) > o.get(MAX),
        "prior.min must not exceed prior.max, or no estimate lies within");
    OPTIONS.clash(
        List.of(ESTIMATOR, FIXED, MIN, MAX),
        o ->
            o.get(ESTIMATOR) != Estimator.FIXED
                && (o.get(FIXED) < o.get(MIN) || o.get(FIXED) > o.get(MAX)),
        "prior.fixed must lie within prior.min and prior.max, since it stands in for an"
            + " estimate");
  }

  private PriorOptions() {}

  /** The settings of the estimator of tau+. */
  public static PriorSettings settings(Configuration options) {
    return new PriorSettings(
        options.get(ESTIMATOR),
        options.get(FIXED),
        options.get(MIN),
        options.get(MAX),
        options.get(HALF_LIFE_STEPS),
        options.get(WARMUP_STEPS),
        options.get(BINS),
        options.get(PROTOTYPES));
  }
}
