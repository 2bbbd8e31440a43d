package io.afterimage.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One way to read what follows a URL's scheme, {@code [LOGIN@]HOST[:PORT][PATH][?QUERY]}: each "@"
 * may be the end of the login.
 *
 * @param loginEnd where the "@" after the login stands; -1 if there is no login
 * @param hostEnd where the path, the query or the end of the URL begins
 * @param pathEnd where the query or the end of the URL begins
 */
record UrlReading(int loginEnd, int hostEnd, int pathEnd) {
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.%\\w]+]|[\\p{L}\\p{N}._-]+|(?=:))(?::\\d{1,5})?");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?");
  private static final Pattern NAME =
      Pattern.compile("(?:localhost|.*\\p{L}\\.\\p{L}.*)(?::\\d{1,5})?");

  /** A query's first parameter, after a path or a host: hardly a password that goes on. */
  private static final Pattern WITH_QUERY =
      Pattern.compile("(?:[^?#]*/[^?#]*|[^:?#]*)\\?[\\w.-]+=.*", Pattern.DOTALL);

  /**
   * The likeliest reading, first, and all others that are possible. Usually that is FFmpeg's: the
   * login ends at the last "@" before the first slash, question mark or number sign. A login that
   * holds one of these itself shows in that what FFmpeg would take for the host is none, or that a
   * later "@" is followed by what clearly is one.
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
    // Queries hold addresses of cameras, with their logins, more often than logins hold parameters.
    return WITH_QUERY.matcher(login(rest)).matches() ? score - 4 : score;
  }

  /** The login as it was written; empty if there is none. */
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

  /** Whether host and path are neither login nor query in any other reading either. */
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
