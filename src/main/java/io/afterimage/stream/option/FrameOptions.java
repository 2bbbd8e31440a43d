package io.afterimage.stream.option;

import io.afterimage.frame.FrameDecoderSettings;
import io.afterimage.frame.ImageFormat;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/** Which records are frames, and what they are decoded to. */
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
          "Most bytes of an encoded image; a larger one is rejected.");

  public static final ConfigOption<Integer> MIN_SIDE =
      OPTIONS.integer(
          "min-side",
          16,
          Rule.atLeast(1),
          "Least height and width of an image (pixels); a smaller one is rejected.");

  public static final ConfigOption<Long> MAX_PIXELS =
      OPTIONS.number(
          "max-pixels",
          50_000_000L,
          Rule.between(256L, 1_000_000_000L),
          "Most pixels of an image; one that would decode to more is rejected undecoded.");

  public static final ConfigOption<String> FORMATS =
      OPTIONS.text(
          "formats",
          "jpeg, png",
          new Rule<>(
              "a list of jpeg, png, webp or some of them",
              names -> ImageFormat.list(names).isPresent()),
          "Which formats of images are accepted, a list; an image of another one is rejected, and so"
              + " is an animation.");

  public static final ConfigOption<Duration> MAX_AGE =
      OPTIONS.duration(
          "max-age",
          Duration.ofDays(7),
          Rule.positiveDuration(),
          "How far back a capture time may lie, by the clock of the reading machine; an older frame"
              + " is rejected. The default is Kafka's retention.");

  public static final ConfigOption<Duration> MAX_AHEAD =
      OPTIONS.duration(
          "max-ahead",
          Duration.ofHours(1),
          Rule.notNegative(),
          "How far ahead a capture time may lie, by the clock of the reading machine; a later frame"
              + " is rejected. The default is what Kafka's brokers accept.");

  public static final ConfigOption<Double> MAX_RATE =
      OPTIONS.real(
          "max-rate",
          60.0,
          Rule.between(0.0, 10_000.0),
          "Most frames a second of each camera, by capture time, that are used at all, with bursts of"
              + " one second; more are passed over before they are decoded, so that a camera that"
              + " sends too much takes nothing from the others. 0 uses all.");

  public static final ConfigOption<Duration> IDLE_TIMEOUT =
      OPTIONS.duration(
          "idle-timeout",
          Duration.ofSeconds(10),
          Rule.positiveDuration(),
          "A partition without frames for so long no longer holds event time back.");

  static {
    OPTIONS.clash(
        List.of(MIN_SIDE, MAX_PIXELS),
        o -> (long) o.get(MIN_SIDE) * o.get(MIN_SIDE) > o.get(MAX_PIXELS),
        "frame.max-pixels must be at least frame.min-side squared, or no image is taken");
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
