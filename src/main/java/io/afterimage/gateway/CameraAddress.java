package io.afterimage.gateway;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a camera: a file name, a URL or a device. Only {@link #forFfmpeg} contains its
 * login and its query; everything else that this class returns may be shown to anyone.
 *
 * <p>A login is located as in FFmpeg, before the last "@" that precedes the path, and missing
 * percent-encoding in it is added. Nothing is shown of an ambiguous URL, whose apparent host may be
 * part of a password.
 */
final class CameraAddress {
  /** Placeholder for text that must not be shown. */
  static final String HIDDEN = "(not shown)";

  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(/{0,2})(.*)", Pattern.DOTALL);

  /** FFmpeg's protocols that wrap another one, like cache:http://host/. */
  private static final Pattern WRAPPERS =
      Pattern.compile("(?:[A-Za-z][A-Za-z0-9.-]*[:+])+(?=[A-Za-z][A-Za-z0-9.-]*://)");

  /** Only these schemes are shown: without a scheme, the user's name stands in its place. */
  private static final Set<String> SCHEMES =
      Set.of(
          "file", "ftp", "hls", "http", "https", "mms", "mmsh", "mmst", "pipe", "rist", "rtmp",
          "rtmpe", "rtmps", "rtmpt", "rtmpts", "rtp", "rtsp", "rtsps", "sftp", "smb", "srt", "srtp",
          "tcp", "tls", "udp", "v4l2");

  /** Protocols of live sources; a length that such a source claims is ignored. */
  private static final Pattern LIVE = Pattern.compile("rtsp.*|rtmp.*|s?rtp|srt|rist|udp|tcp|v4l2");

  private static final Set<String> HTTP = Set.of("http", "https");

  /** A path segment that is neither a parameter nor another possible secret. */
  private static final Pattern PLAIN_SEGMENT =
      Pattern.compile("(?:[\\p{L}\\p{N}._~+, -]|%[0-9A-Fa-f]{2})*");

  /** Percent-encoded control characters and punctuation that a plain segment does not hold. */
  private static final Pattern ENCODED_PUNCTUATION =
      Pattern.compile("%(?:[01].|2[1-9AF]|3[A-F]|40|7F)", Pattern.CASE_INSENSITIVE);

  /** FFmpeg takes this as a number's placeholder in the names of an image sequence. */
  private static final Pattern NUMBER_PLACE = Pattern.compile("(%[0-9]{2})d");

  private static final Pattern SECRET_PARAMETER =
      Pattern.compile("(?i)(?:user|usr|login|pass|pwd|auth|token|key|secret)[^=&]*=[^&]");

  private static final String CUT = "...";

  private final String scheme;
  private final String ffmpegs;
  private final String shownScheme;
  private final String shown;
  private final String login;

  private CameraAddress(
      String scheme, String ffmpegs, String shownScheme, String shown, String login) {
    this.scheme = scheme;
    this.ffmpegs = ffmpegs;
    this.shownScheme = shownScheme;
    this.shown = shown;
    this.login = login;
  }

  /**
   * @param text a file name, URL or device, as FFmpeg takes it
   */
  static CameraAddress of(String text) {
    return of(text, List.of());
  }

  /**
   * @param text a file name, URL or device, as FFmpeg takes it
   * @param secretParts parts of it that must not be shown, wherever they occur
   */
  static CameraAddress of(String text, Collection<String> secretParts) {
    String location = text.strip();
    Matcher wrappers = WRAPPERS.matcher(location);
    int begin = wrappers.lookingAt() ? wrappers.end() : 0;
    Matcher url = URL.matcher(location).region(begin, location.length());
    if (!url.matches()) {
      return local(location);
    }
    if (url.group(1).equals("file")) {
      return new CameraAddress("file", location, "", location, "");
    }
    return remote(location, url, secretParts);
  }

  private static CameraAddress local(String path) {
    boolean isFileName =
        isReadable(path) || path.chars().noneMatch(c -> "@?&=".indexOf(c) >= 0 || c < ' ');
    return new CameraAddress("", path, "", isFileName ? path : HIDDEN, "");
  }

  private static CameraAddress remote(String text, Matcher url, Collection<String> secretParts) {
    String scheme = url.group(1).toLowerCase(Locale.ROOT);
    String beforeRest = text.substring(0, url.start(3));
    String shownScheme = SCHEMES.contains(scheme) ? scheme + ':' + url.group(2) : "";
    String rest = url.group(3);
    List<UrlReading> readings = UrlReading.of(rest);
    if (readings.isEmpty()) {
      return new CameraAddress(scheme, text, shownScheme, HIDDEN, "");
    }
    UrlReading reading = readings.get(0);
    String login = reading.login(rest);
    String encodedLogin = PercentEncoding.encodeLogin(login);
    String ffmpegs =
        beforeRest
            + withoutNumberPlaces(
                encodedLogin
                    + rest.substring(login.length(), reading.hostEnd())
                    + PercentEncoding.encodeSpaces(rest.substring(reading.hostEnd())));
    boolean isPublic = reading.isPublicIn(rest, readings);
    return new CameraAddress(
        scheme,
        ffmpegs,
        shownScheme,
        isPublic ? reading.host(rest) + plain(reading.path(rest), secretParts) : HIDDEN,
        login);
  }

  /** The URL that FFmpeg opens, login and query included. Must not be shown to anyone. */
  String forFfmpeg() {
    return ffmpegs;
  }

  /** Whether the address is a file or device rather than on the network. */
  boolean isLocal() {
    return scheme.isEmpty();
  }

  /** Whether the address is a readable local file or device. */
  boolean isReadable() {
    return isLocal() && isReadable(ffmpegs);
  }

  boolean isRegularFile() {
    try {
      return isLocal() && Files.isRegularFile(Path.of(ffmpegs));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  boolean isWebcam() {
    return ffmpegs.startsWith("/dev/video");
  }

  /** Whether the protocol alone means a live camera, never a file. */
  boolean isAlwaysLive() {
    return LIVE.matcher(scheme).matches() || isWebcam();
  }

  boolean isHttp() {
    return HTTP.contains(scheme);
  }

  /** Whether the address contains a login, or a query that may. */
  boolean holdsSecret() {
    return !login.isEmpty() || SECRET_PARAMETER.matcher(ffmpegs).find();
  }

  /**
   * FFmpeg's options for a network source: RTSP over TCP, because lost packets corrupt pictures,
   * and the timeout of reads.
   */
  Map<String, String> defaultOptions(Duration timeout) {
    String micros = Long.toString(timeout.toNanos() / 1_000);
    if (scheme.startsWith("rtsp")) {
      return Map.of("rtsp_transport", "tcp", "timeout", micros);
    }
    return isLocal() ? Map.of() : Map.of("rw_timeout", micros);
  }

  /** The id of a camera without a given name: the file's or device's name, or host and path. */
  String derivedName() {
    String name = shown;
    if (shown.equals(HIDDEN)) {
      name = "camera";
    } else if (isLocal()) {
      String file = String.valueOf(Path.of(shown).getFileName());
      name = file.lastIndexOf('.') > 0 ? file.substring(0, file.lastIndexOf('.')) : file;
    } else if (shown.endsWith(CUT)) {
      name = shown.substring(0, shown.length() - CUT.length());
    }
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^-+|-+$", "");
    return plain.isEmpty() ? "camera" : plain;
  }

  /** The address without its login and query, and without path segments that may be either. */
  @Override
  public String toString() {
    return shownScheme + shown;
  }

  /** The first segments of a path, up to one that may hold a login or a parameter. */
  private static String plain(String path, Collection<String> secretParts) {
    StringBuilder plain = new StringBuilder();
    String separator = "";
    for (String segment : path.split("/", -1)) {
      plain.append(separator);
      if (!PLAIN_SEGMENT.matcher(segment).matches()
          || ENCODED_PUNCTUATION.matcher(segment).find()
          || secretParts.stream().anyMatch(segment::contains)) {
        return plain.append(CUT).toString();
      }
      plain.append(segment);
      separator = "/";
    }
    return plain.toString();
  }

  /** The same URL, changed such that FFmpeg does not take "%40d" for a number's placeholder. */
  private static String withoutNumberPlaces(String url) {
    String changed = NUMBER_PLACE.matcher(url).replaceFirst("$1%64");
    return changed.equals(url) ? url : withoutNumberPlaces(changed);
  }

  private static boolean isReadable(String path) {
    try {
      return Files.isReadable(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
