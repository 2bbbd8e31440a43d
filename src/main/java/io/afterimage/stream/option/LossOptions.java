package io.afterimage.stream.option;

import org.apache.flink.configuration.ConfigOption;

/** Options of the debiased contrastive loss. */
public final class LossOptions {
  static final OptionGroup OPTIONS = new OptionGroup("loss");

  public static final ConfigOption<Double> TEMPERATURE =
      OPTIONS.real(
          "temperature",
          0.5,
          Rule.between(0.03, 10.0),
          "Temperature t of the loss; a lower one concentrates the loss on the hardest"
              + " negatives.");

  private LossOptions() {}
}
