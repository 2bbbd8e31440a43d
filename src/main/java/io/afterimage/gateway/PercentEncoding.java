package io.afterimage.gateway;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Percent-encoding of the parts of a URL. */
final class PercentEncoding {
  private static final String UNRESERVED = "-._~";

  /**
   * Characters that a login may contain unencoded, besides letters and digits (RFC 3986, userinfo).
   */
  private static final String OF_A_LOGIN = UNRESERVED + "!$&'()*+,;=";

  private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

  private PercentEncoding() {}

  /** Encodes every character with a meaning in a URL, percent signs included. */
  static String encode(String value) {
    return encode(value, UNRESERVED, false);
  }

  /**
   * Encodes a login {@code USER[:PASSWORD]} for a URL: the first colon separates user and password,
   * and all other characters that would end the login early are encoded. Existing percent-encoding
   * is kept.
   */
  static String encodeLogin(String login) {
    int colon = login.indexOf(':');
    return colon < 0
        ? encode(login, OF_A_LOGIN, true)
        : encode(login.substring(0, colon), OF_A_LOGIN, true)
            + ':'
            + encode(login.substring(colon + 1), OF_A_LOGIN, true);
  }

  /** Encodes white space and control characters, which would end a request's line. */
  static String encodeSpaces(String pathAndQuery) {
    StringBuilder encoded = new StringBuilder();
    for (char c : pathAndQuery.toCharArray()) {
      if (c <= ' ' || c == 0x7f) {
        append(encoded, (byte) c);
      } else {
        encoded.append(c);
      }
    }
    return encoded.toString();
  }

  private static String encode(String value, String kept, boolean keepEncoded) {
    StringBuilder encoded = new StringBuilder();
    for (int at = 0; at < value.length(); ) {
      int point = value.codePointAt(at);
      int length = Character.charCount(point);
      if (isPlain(point, kept) || keepEncoded && isEncoded(value, at)) {
        encoded.appendCodePoint(point);
      } else {
        for (byte b : value.substring(at, at + length).getBytes(StandardCharsets.UTF_8)) {
          append(encoded, b);
        }
      }
      at += length;
    }
    return encoded.toString();
  }

  private static boolean isPlain(int point, String kept) {
    return point < 0x80 && (Character.isLetterOrDigit(point) || kept.indexOf(point) >= 0);
  }

  private static boolean isEncoded(String value, int at) {
    return ENCODED.matcher(value).region(at, value.length()).lookingAt();
  }

  private static void append(StringBuilder encoded, byte value) {
    encoded.append("%%%02X".formatted(value));
  }
}
