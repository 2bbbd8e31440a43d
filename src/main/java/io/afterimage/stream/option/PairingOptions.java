package io.afterimage.stream.option;

import io.afterimage.pairing.PairingSettings;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options for forming positive groups. */
public final class PairingOptions {
  static final OptionGroup OPTIONS = new OptionGroup("pairing");

  public static final ConfigOption<Integer> VIEWS =
      OPTIONS.integer(
          "views",
          2,
          Rule.between(2, 16),
          "Views K of a positive group. A higher K teaches more per group and makes each"
              + " step slower.");

  public static final ConfigOption<Duration> MIN_GAP =
      OPTIONS.duration(
          "min-gap",
          Duration.ofMillis(200),
          Rule.notNegative(),
          "Shortest time between two views of a group.");

  public static final ConfigOption<Duration> MAX_GAP =
      OPTIONS.duration(
          "max-gap",
          Duration.ofSeconds(2),
          Rule.positiveDuration(),
          "Longest time between two views of a group.");

  public static final ConfigOption<Duration> OUTAGE =
      OPTIONS.duration(
          "outage",
          Duration.ofSeconds(5),
          Rule.positiveDuration(),
          "Longest silence of a camera within a group; a longer one breaks the open" + " group.");

  public static final ConfigOption<Duration> DISORDER =
      OPTIONS.duration(
          "disorder",
          Duration.ofMillis(500),
          Rule.notNegative(),
          "Longest delay behind the newest frame of the same camera at which a frame is"
              + " still sorted into place; later frames are dropped and counted.");

  public static final ConfigOption<Double> CUT_THRESHOLD =
      OPTIONS.real(
          "cut-threshold",
          0.15,
          Rule.between(0.0, 1.0),
          "Mean absolute difference of two consecutive frames (0 to 1) above which the"
              + " scene counts as cut and the open group breaks.");

  public static final ConfigOption<Double> CHANGE_THRESHOLD =
      OPTIONS.real(
          "change-threshold",
          0.005,
          Rule.between(0.0, 1.0),
          "Mean absolute difference to the group's last view (0 to 1) below which a frame"
              + " counts as still and is dropped. 0 drops none.");

  public static final ConfigOption<Duration> EXPIRY =
      OPTIONS.duration(
          "expiry",
          Duration.ofHours(2),
          Rule.positiveDuration(),
          "Event time without a frame after which a camera's state is dropped. Keep it"
              + " above frame.max-ahead, or a camera with a fast clock expires the others.");

  static {
    OPTIONS.clash(
        List.of(MIN_GAP, MAX_GAP),
        o -> o.get(MIN_GAP).compareTo(o.get(MAX_GAP)) > 0,
        "pairing.min-gap must not exceed pairing.max-gap, or no gap fits the window");
    OPTIONS.clash(
        List.of(VIEWS, MIN_GAP, MAX_GAP),
        o ->
            o.get(MIN_GAP).compareTo(o.get(MAX_GAP)) <= 0
                && o.get(MIN_GAP).multipliedBy(o.get(VIEWS) - 1L).compareTo(o.get(MAX_GAP)) > 0,
        "pairing.max-gap must be at least (pairing.views - 1) * pairing.min-gap, or no group"
            + " fits the window");
    OPTIONS.clash(
        List.of(DISORDER, OUTAGE),
        o -> o.get(DISORDER).compareTo(o.get(OUTAGE)) > 0,
        "pairing.disorder must not exceed pairing.outage, or a late frame looks like a clock"
            + " that was set back");
    OPTIONS.clash(
        List.of(CHANGE_THRESHOLD, CUT_THRESHOLD),
        o -> o.get(CHANGE_THRESHOLD) >= o.get(CUT_THRESHOLD),
        "pairing.change-threshold must be below pairing.cut-threshold, or every change is"
            + " either none or a cut");
    OPTIONS.clash(
        List.of(OUTAGE, MIN_GAP),
        o -> o.get(OUTAGE).compareTo(o.get(MIN_GAP)) < 0,
        "pairing.outage must not be shorter than pairing.min-gap, or every group breaks");
    OPTIONS.clash(
        List.of(EXPIRY, OUTAGE, DISORDER),
        o -> o.get(EXPIRY).compareTo(o.get(OUTAGE).plus(o.get(DISORDER))) < 0,
        "pairing.expiry must be at least pairing.outage + pairing.disorder, or cameras that"
            + " still send are forgotten");
  }

  private PairingOptions() {}

  /** The settings of pairing. */
  public static PairingSettings settings(Configuration options) {
    return new PairingSettings(
        options.get(VIEWS),
        options.get(MIN_GAP),
        options.get(MAX_GAP),
        options.get(OUTAGE),
        options.get(DISORDER),
        options.get(CUT_THRESHOLD),
        options.get(CHANGE_THRESHOLD),
        options.get(LearnerOptions.SEED));
  }
}
