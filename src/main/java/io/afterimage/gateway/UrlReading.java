package io.afterimage.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One possible parse of a URL after its scheme, {@code [LOGIN@]HOST[:PORT][PATH][?QUERY]}: each "@"
 * may end the login.
 *
 * @param loginEnd index of the "@" after the login; -1 if there is no login
 * @param hostEnd index of the path, the query or the end of the URL
 * @param pathEnd index of the query or the end of the URL
 */
record UrlReading(int loginEnd, int hostEnd, int pathEnd) {
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.%\\w]+]|[\\p{L}\\p{N}._-]+|(?=:))(?::\\d{1,5})?");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?");
  private static final Pattern NAME =
      Pattern.compile("(?:localhost|.*\\p{L}\\.\\p{L}.*)(?::\\d{1,5})?");

  /** A query's first parameter, after a path or a host; unlikely to be part of a password. */
  private static final Pattern WITH_QUERY =
      Pattern.compile("(?:[^?#]*/[^?#]*|[^:?#]*)\\?[\\w.-]+=.*", Pattern.DOTALL);

  /**
   * The most likely reading, followed by all other possible ones. The most likely one is usually
   * FFmpeg's: the login ends at the last "@" before the first slash, question mark or number sign.
   * A login that contains one of these itself is recognized when FFmpeg's host would not be a valid
   * host, or when a valid host clearly follows a later "@".
   */
  static List<UrlReading> of(String rest) {
    int end = indexOf(rest, "/?#", 0);
    UrlReading ffmpegs = at(rest, rest.lastIndexOf('@', end - 1));
    if (ADDRESS.matcher(ffmpegs.host(rest)).matches()) {
      return List.of(ffmpegs);
    }
    List<UrlReading> readings = new ArrayList<>();
    for (int at = -1; at < rest.length(); ) {
      UrlReading reading = at(rest, at);
      if (HOST.matcher(reading.host(rest)).matches()) {
        readings.add(reading);
      }
      int next = rest.indexOf('@', at + 1);
      at = next < 0 ? rest.length() : next;
    }
    readings.sort(
        Comparator.comparingInt(
            reading -> -reading.likelihood(rest) - (reading.equals(ffmpegs) ? 1 : 0)));
    return readings;
  }

  private static UrlReading at(String rest, int loginEnd) {
    return new UrlReading(
        loginEnd, indexOf(rest, "/?#", loginEnd + 1), indexOf(rest, "?#", loginEnd + 1));
  }

  private int likelihood(String rest) {
    String host = host(rest);
    int score = ADDRESS.matcher(host).matches() ? 4 : NAME.matcher(host).matches() ? 2 : 0;
    // Queries contain camera addresses with logins more often than logins contain parameters.
    return WITH_QUERY.matcher(login(rest)).matches() ? score - 4 : score;
  }

  /** The login as written; empty if there is none. */
  String login(String rest) {
    return rest.substring(0, Math.max(0, loginEnd));
  }

  /** Host and port. */
  String host(String rest) {
    return rest.substring(loginEnd + 1, hostEnd);
  }

  String path(String rest) {
    return rest.substring(hostEnd, pathEnd);
  }

  /** Whether host and path belong to neither login nor query in any other reading. */
  boolean isPublicIn(String rest, List<UrlReading> readings) {
    boolean certain = readings.size() == 1 && ADDRESS.matcher(host(rest)).matches();
    return certain
        || rest.lastIndexOf('@') <= loginEnd
            && readings.stream().allMatch(other -> pathEnd <= other.pathEnd);
  }

  private static int indexOf(String text, String characters, int from) {
    for (int i = from; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }
}
