package io.afterimage.cli.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Formats and parses points in time for the command line. */
final class Times implements ITypeConverter<Instant> {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** UTC, to the millisecond. */
  static String show(long millis) {
    return SHOWN.format(Instant.ofEpochMilli(millis));
  }

  @Override
  public Instant convert(String value) {
    String text = value.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) +(\\d)", "$1T$2");
    try {
      if (text.matches("\\d{10,}")) {
        return Instant.ofEpochMilli(Long.parseLong(text));
      }
      if (!text.contains("T")) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return text.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)$")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException | NumberFormatException e) {
      throw new TypeConversionException(
          "'%s' is not a time like 2026-01-31T12:00:00Z or '2026-01-31 12:00:00' (UTC)"
              .formatted(value));
    }
  }
}
