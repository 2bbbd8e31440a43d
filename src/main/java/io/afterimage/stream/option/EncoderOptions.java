package io.afterimage.stream.option;

import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.ResNetS;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** The architecture of the encoder, and its first weights. */
public final class EncoderOptions {
  static final OptionGroup OPTIONS = new OptionGroup("encoder");

  public static final ConfigOption<String> ARCHITECTURE =
      OPTIONS.text(
          "architecture",
          ResNetS.NAME,
          new Rule<>(ResNetS.NAME, ResNetS.NAME::equals),
          "Kind of encoder; fixed for the life of a checkpoint, as all encoder options.");

  public static final ConfigOption<Integer> WIDTH =
      OPTIONS.integer(
          "width",
          32,
          Rule.between(8, 512).and("a multiple of 8", width -> width % 8 == 0),
          "Channels of the first stage; each later stage doubles them.");

  public static final ConfigOption<Integer> DEPTH =
      OPTIONS.integer(
          "depth", 1, Rule.between(1, 16), "Residual blocks of each of the four stages.");

  public static final ConfigOption<Integer> EMBEDDING_SIZE =
      OPTIONS.integer("embedding-size", 128, Rule.between(2, 4096), "Numbers D of an embedding.");

  public static final ConfigOption<Normalization> NORMALIZATION =
      OPTIONS.enumeration(
          "normalization",
          Normalization.class,
          Normalization.GROUP,
          "How activations are kept in scale; batch mixes the frames of a mini-batch and suits"
              + " streams badly.");

  public static final ConfigOption<String> WARM_START =
      OPTIONS.optionalText(
          "warm-start",
          "Encoder that a new learner begins with: a snapshot directory (its latest version), a"
              + " version in it, or an exported .npz. It must have the same encoder options and"
              + " frame.size. A learner restored from a checkpoint or savepoint goes on with its own"
              + " encoder, and this is not read.");

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
