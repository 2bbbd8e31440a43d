package io.afterimage.stream.option;

import io.afterimage.wire.EmbeddingFormat;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;

/** Options for embedding frames and publishing the embeddings. */
public final class EmbeddingsOptions {
  static final OptionGroup OPTIONS = new OptionGroup("embeddings");

  public static final ConfigOption<Boolean> ENABLED =
      OPTIONS.flag(
          "enabled", true, "Embeds frames with the newest encoder and publishes the embeddings.");

  public static final ConfigOption<EmbeddingFormat> FORMAT =
      OPTIONS.enumeration(
          "format",
          EmbeddingFormat.class,
          EmbeddingFormat.BINARY,
          "Format of a published embedding; JSON takes several times as many bytes as"
              + " binary.");

  public static final ConfigOption<Double> MAX_RATE =
      OPTIONS.real(
          "max-rate",
          0.0,
          Rule.between(0.0, 1000.0),
          "Highest rate at which frames of each camera are embedded (frames/s of capture"
              + " time); 0 embeds every accepted frame.");

  public static final ConfigOption<Integer> BATCH_SIZE =
      OPTIONS.integer(
          "batch-size", 32, Rule.between(1, 1024), "Most frames that the encoder embeds at once.");

  public static final ConfigOption<Duration> MAX_WAIT =
      OPTIONS.duration(
          "max-wait",
          Duration.ofMillis(100),
          Rule.notNegative(),
          "Longest time that a frame waits for its batch to fill; 0 embeds every frame by"
              + " itself.");

  public static final ConfigOption<Integer> REFRESH_STEPS =
      OPTIONS.integer(
          "refresh-steps",
          20,
          Rule.atLeast(1),
          "Training steps between two updates of the encoder in the embedding operators.");

  public static final ConfigOption<Integer> THREADS =
      OPTIONS.integer(
          "threads",
          1,
          Rule.between(1, 1024),
          "Native threads of each embedding operator, in addition to the learner's.");

  private EmbeddingsOptions() {}
}
