package io.afterimage.stream.option;

import io.afterimage.train.LearnerSettings;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options of the learner as a whole. */
public final class LearnerOptions {
  static final OptionGroup OPTIONS = new OptionGroup("learner");

  public static final ConfigOption<Long> SEED =
      OPTIONS.number(
          "seed",
          1L,
          Rule.any(),
          "Seed of all random draws. The same frames in the same order with the same seed"
              + " give bit-identical weights.");

  public static final ConfigOption<Long> MAX_STEPS =
      OPTIONS.number(
          "max-steps",
          0L,
          Rule.between(0L, 1_000_000_000_000L),
          "Steps after which the learner writes a last snapshot and stops learning; the"
              + " job keeps reading. 0 sets no limit.");

  public static final ConfigOption<Integer> MAX_SKIPPED_STEPS =
      OPTIONS.integer(
          "max-skipped-steps",
          10,
          Rule.atLeast(0),
          "Most consecutive skipped steps; one more fails the job. A step whose loss or"
              + " gradient is not finite is skipped and leaves the weights unchanged.");

  private LearnerOptions() {}

  /** The settings of the learner. */
  public static LearnerSettings settings(Configuration options) {
    return new LearnerSettings(
        EncoderOptions.settings(options),
        options.get(BatchOptions.GROUPS),
        options.get(PairingOptions.VIEWS),
        options.get(LossOptions.TEMPERATURE),
        PriorOptions.settings(options),
        NegativesOptions.settings(options),
        OptimizerOptions.settings(options),
        AugmentOptions.settings(options),
        options.get(MAX_SKIPPED_STEPS),
        options.get(SEED));
  }
}
