package io.afterimage.stream.option;

import io.afterimage.train.optimize.OptimizerSettings;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options of Adam and its learning rate. */
public final class OptimizerOptions {
  static final OptionGroup OPTIONS = new OptionGroup("optimizer");

  public static final ConfigOption<Double> LEARNING_RATE =
      OPTIONS.real("learning-rate", 1e-3, Rule.positive(), "Learning rate after warm-up.");

  public static final ConfigOption<Integer> WARMUP_STEPS =
      OPTIONS.integer(
          "warmup-steps",
          50,
          Rule.atLeast(0),
          "Steps over which the learning rate rises linearly from 0.");

  public static final ConfigOption<Double> BETA1 =
      OPTIONS.real(
          "beta1", 0.9, Rule.fromUpToBelow(0.0, 1.0), "Decay rate of Adam's first moment.");

  public static final ConfigOption<Double> BETA2 =
      OPTIONS.real(
          "beta2", 0.999, Rule.fromUpToBelow(0.0, 1.0), "Decay rate of Adam's second moment.");

  public static final ConfigOption<Double> EPSILON =
      OPTIONS.real(
          "epsilon",
          1e-8,
          Rule.positive(),
          "Constant added to the square root of Adam's second moment.");

  public static final ConfigOption<Double> WEIGHT_DECAY =
      OPTIONS.real(
          "weight-decay",
          1e-4,
          Rule.between(0.0, 1.0),
          "Decoupled weight decay of matrices and kernels; 0 disables it.");

  public static final ConfigOption<Double> CLIP_NORM =
      OPTIONS.real(
          "clip-norm",
          1.0,
          Rule.positive(),
          "Largest gradient norm; longer gradients are scaled down to it.");

  private OptimizerOptions() {}

  /** The settings of Adam. */
  public static OptimizerSettings settings(Configuration options) {
    return new OptimizerSettings(
        options.get(LEARNING_RATE),
        options.get(WARMUP_STEPS),
        options.get(BETA1),
        options.get(BETA2),
        options.get(EPSILON),
        options.get(WEIGHT_DECAY),
        options.get(CLIP_NORM));
  }
}
