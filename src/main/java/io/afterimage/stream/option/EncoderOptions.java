package io.afterimage.stream.option;

import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.ResNetS;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options of the encoder's architecture and initial weights. */
public final class EncoderOptions {
  static final OptionGroup OPTIONS = new OptionGroup("encoder");

  public static final ConfigOption<String> ARCHITECTURE =
      OPTIONS.text(
          "architecture",
          ResNetS.NAME,
          new Rule<>(ResNetS.NAME, ResNetS.NAME::equals),
          "Architecture of the encoder. Like all encoder options, it cannot change once a"
              + " checkpoint exists.");

  public static final ConfigOption<Integer> WIDTH =
      OPTIONS.integer(
          "width",
          32,
          Rule.between(8, 512).and("a multiple of 8", width -> width % 8 == 0),
          "Channels of the first stage; each later stage has twice as many as the one"
              + " before.");

  public static final ConfigOption<Integer> DEPTH =
      OPTIONS.integer(
          "depth", 1, Rule.between(1, 16), "Residual blocks in each of the four stages.");

  public static final ConfigOption<Integer> EMBEDDING_SIZE =
      OPTIONS.integer(
          "embedding-size", 128, Rule.between(2, 4096), "Dimension D of the embeddings.");

  public static final ConfigOption<Normalization> NORMALIZATION =
      OPTIONS.enumeration(
          "normalization",
          Normalization.class,
          Normalization.GROUP,
          "Normalization of activations: group normalization (group), weight"
              + " standardization without activation normalization (weight), or batch"
              + " normalization (batch), which mixes the frames of a mini-batch and suits"
              + " correlated frames badly.");

  public static final ConfigOption<String> WARM_START =
      OPTIONS.optionalText(
          "warm-start",
          "Encoder that a new learner starts from: a snapshot directory (its latest"
              + " version), one version in it, or an exported .npz. It must have the same"
              + " encoder options and frame.size. A learner restored from a checkpoint or"
              + " savepoint ignores this option.");

  private EncoderOptions() {}

  /** The encoder's architecture. */
  public static EncoderSettings settings(Configuration options) {
    return new EncoderSettings(
        options.get(ARCHITECTURE),
        options.get(WIDTH),
        options.get(DEPTH),
        options.get(EMBEDDING_SIZE),
        options.get(NORMALIZATION),
        options.get(FrameOptions.SIZE));
  }
}
