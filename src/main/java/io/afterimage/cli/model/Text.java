package io.afterimage.cli.model;

import io.afterimage.train.encoder.EncoderSettings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats values for tables on the terminal. */
final class Text {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Text() {}

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** {@code resnet-s 32x1 group -> 128}. */
  static String encoder(EncoderSettings encoder) {
    return "%s %dx%d %s -> %d"
        .formatted(
            encoder.architecture(),
            encoder.width(),
            encoder.depth(),
            encoder.normalization().name().toLowerCase(Locale.ROOT),
            encoder.embeddingSize());
  }

  static String bytes(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  /** About four significant digits; a dash for unknown values. */
  static String metric(@Nullable Double value) {
    if (value == null) {
      return "-";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
