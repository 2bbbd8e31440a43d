package io.afterimage.stream.option;

import io.afterimage.wire.EmbeddingFormat;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;

/** How frames are embedded and published. */
public final class EmbeddingsOptions {
  static final OptionGroup OPTIONS = new OptionGroup("embeddings");

  public static final ConfigOption<Boolean> ENABLED =
      OPTIONS.flag(
          "enabled", true, "Whether frames are embedded with the newest encoder and published.");

  public static final ConfigOption<EmbeddingFormat> FORMAT =
      OPTIONS.enumeration(
          "format",
          EmbeddingFormat.class,
          EmbeddingFormat.BINARY,
          "Form of a published embedding; JSON takes several times the bytes.");

  public static final ConfigOption<Double> MAX_RATE =
      OPTIONS.real(
          "max-rate",
          0.0,
          Rule.between(0.0, 1000.0),
          "Most frames a second of each camera, by capture time, that are embedded; 0 embeds every"
              + " frame that is used.");

  public static final ConfigOption<Integer> BATCH_SIZE =
      OPTIONS.integer(
          "batch-size",
          32,
          Rule.between(1, 1024),
          "Most frames that go through the encoder at once.");

  public static final ConfigOption<Duration> MAX_WAIT =
      OPTIONS.duration(
          "max-wait",
          Duration.ofMillis(100),
          Rule.notNegative(),
          "Longest time that a frame waits for others to be embedded with; 0 embeds each by itself.");

  public static final ConfigOption<Integer> REFRESH_STEPS =
      OPTIONS.integer(
          "refresh-steps",
          20,
          Rule.atLeast(1),
          "Training steps after which the newest encoder goes to the embedding operators.");

  public static final ConfigOption<Integer> THREADS =
      OPTIONS.integer(
          "threads",
          1,
          Rule.between(1, 1024),
          "Native threads of each embedding operator, which it has besides the learner's.");

  private EmbeddingsOptions() {}
}
