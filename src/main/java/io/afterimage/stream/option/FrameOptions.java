package io.afterimage.stream.option;

import io.afterimage.frame.FrameDecoderSettings;
import io.afterimage.frame.ImageFormat;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/** Options for accepting and decoding frames. */
public final class FrameOptions {
  static final OptionGroup OPTIONS = new OptionGroup("frame");

  public static final ConfigOption<Integer> SIZE =
      OPTIONS.integer(
          "size",
          32,
          Rule.between(8, 512),
          "Height and width that every frame is scaled to (pixels).");

  public static final ConfigOption<MemorySize> MAX_BYTES =
      OPTIONS.memory(
          "max-bytes",
          MemorySize.parse("8 mb"),
          new Rule<>(
              "from 1 kb to 1 gb", size -> size.getKibiBytes() >= 1 && size.getGibiBytes() <= 1),
          "Largest encoded image; larger ones are rejected.");

  public static final ConfigOption<Integer> MIN_SIDE =
      OPTIONS.integer(
          "min-side",
          16,
          Rule.atLeast(1),
          "Smallest height and width of an image (pixels); smaller ones are rejected.");

  public static final ConfigOption<Long> MAX_PIXELS =
      OPTIONS.number(
          "max-pixels",
          50_000_000L,
          Rule.between(256L, 1_000_000_000L),
          "Most pixels of an image, height times width; larger ones are rejected before"
              + " they are decoded.");

  public static final ConfigOption<String> FORMATS =
      OPTIONS.text(
          "formats",
          "jpeg, png",
          new Rule<>(
              "a list of jpeg, png, webp or some of them",
              names -> ImageFormat.list(names).isPresent()),
          "Accepted image formats, separated by commas; images of other formats and animations are"
              + " rejected.");

  public static final ConfigOption<Duration> MAX_AGE =
      OPTIONS.duration(
          "max-age",
          Duration.ofDays(7),
          Rule.positiveDuration(),
          "Oldest accepted capture time, measured against the clock of the reading"
              + " machine; older frames are rejected. The default equals Kafka's default"
              + " retention.");

  public static final ConfigOption<Duration> MAX_AHEAD =
      OPTIONS.duration(
          "max-ahead",
          Duration.ofHours(1),
          Rule.notNegative(),
          "Furthest accepted capture time in the future, measured against the clock of"
              + " the reading machine; later frames are rejected. The default equals the limit"
              + " of Kafka's brokers.");

  public static final ConfigOption<Double> MAX_RATE =
      OPTIONS.real(
          "max-rate",
          60.0,
          Rule.between(0.0, 10_000.0),
          "Highest frame rate of each camera (frames/s of capture time), with bursts of"
              + " one second. Frames beyond it are dropped before they are decoded, so that one"
              + " camera cannot crowd out the others. 0 sets no limit.");

  public static final ConfigOption<Duration> IDLE_TIMEOUT =
      OPTIONS.duration(
          "idle-timeout",
          Duration.ofSeconds(10),
          Rule.positiveDuration(),
          "Time without frames after which a partition counts as idle and no longer holds"
              + " back event time.");

  static {
    OPTIONS.clash(
        List.of(MIN_SIDE, MAX_PIXELS),
        o -> (long) o.get(MIN_SIDE) * o.get(MIN_SIDE) > o.get(MAX_PIXELS),
        "frame.max-pixels must be at least frame.min-side squared, or every image is rejected");
  }

  private FrameOptions() {}

  /** The limits and the size of the decoder. */
  public static FrameDecoderSettings settings(Configuration options) {
    return new FrameDecoderSettings(
        options.get(SIZE),
        Math.toIntExact(options.get(MAX_BYTES).getBytes()),
        options.get(MIN_SIDE),
        options.get(MAX_PIXELS),
        ImageFormat.list(options.get(FORMATS)).orElseThrow());
  }
}
