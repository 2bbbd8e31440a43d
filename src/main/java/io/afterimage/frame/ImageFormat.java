package io.afterimage.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Image formats, told apart by their first bytes. Most of them are recognized only for the error
 * message.
 */
public enum ImageFormat {
  JPEG("JPEG"),
  PNG("PNG"),
  WEBP("WebP"),
  BMP("BMP"),
  TIFF("TIFF"),
  GIF("GIF"),
  JPEG_2000("JPEG 2000"),
  JPEG_XL("JPEG XL"),
  AVIF("AVIF"),
  HEIC("HEIC");

  /** The formats that a decoder can be told to accept. */
  public static final Set<ImageFormat> DECODABLE =
      Collections.unmodifiableSet(EnumSet.of(JPEG, PNG, WEBP));

  private final String title;

  ImageFormat(String title) {
    this.title = title;
  }

  /** The name as options write it: {@code webp}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name as people write it: {@code WebP}. */
  @Override
  public String toString() {
    return title;
  }

  /**
   * The format that an image's first bytes indicate, or null for none of these.
   *
   * @param image the encoded image; not written to
   */
  static @Nullable ImageFormat of(byte[] image) {
    String start = new String(image, 0, Math.min(image.length, 64), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u00ff\u00d8")) {
      return JPEG;
    }
    if (start.startsWith("\u0089PNG")) {
      return PNG;
    }
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return WEBP;
    }
    if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return GIF;
    }
    if (start.startsWith("II*\0") || start.startsWith("MM\0*") || isBigTiff(start)) {
      return TIFF;
    }
    if (start.startsWith("\0\0\0\fjP  ") || start.startsWith("\u00ffO\u00ffQ")) {
      return JPEG_2000;
    }
    if (start.startsWith("\0\0\0\fJXL ") || start.startsWith("\u00ff\n")) {
      return JPEG_XL;
    }
    if (start.startsWith("ftyp", 4)) {
      return ofBrands(image, start);
    }
    // Two letters are little to go by: the size of the second header has to fit as well.
    if (start.startsWith("BM") && start.length() > 17 && start.startsWith("\0\0\0", 15)) {
      return BMP;
    }
    return null;
  }

  private static boolean isBigTiff(String start) {
    return start.startsWith("II+\0") || start.startsWith("MM\0+");
  }

  /** The major and the compatible brands of an ISO base media file that holds an image. */
  private static @Nullable ImageFormat ofBrands(byte[] image, String start) {
    int box =
        image.length < 4
            ? 0
            : (image[0] & 0xff) << 24
                | (image[1] & 0xff) << 16
                | (image[2] & 0xff) << 8
                | image[3] & 0xff;
    String brands = start.substring(8, Math.max(8, Math.min(start.length(), box)));
    if (brands.contains("avif") || brands.contains("avis")) {
      return AVIF;
    }
    boolean heic =
        Arrays.stream(new String[] {"heic", "heix", "hevc", "mif1", "msf1"})
            .anyMatch(brands::contains);
    return heic ? HEIC : null;
  }

  /** The formats that a list such as {@code jpeg, png} names; empty unless all can be decoded. */
  public static Optional<Set<ImageFormat>> list(String names) {
    Set<ImageFormat> listed = EnumSet.noneOf(ImageFormat.class);
    for (String name : names.split(",", -1)) {
      Optional<ImageFormat> format =
          DECODABLE.stream().filter(each -> each.label().equals(name.strip())).findFirst();
      if (format.isEmpty()) {
        return Optional.empty();
      }
      listed.add(format.get());
    }
    return Optional.of(listed);
  }

  /** Formats in one phrase: {@code JPEG, PNG}. */
  static String titles(Set<ImageFormat> formats) {
    return formats.stream().sorted().map(ImageFormat::toString).collect(Collectors.joining(", "));
  }
}
