package io.afterimage.gateway;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A camera as the user gives it, {@code [NAME=]URL}.
 *
 * @param where an option, or a file and line, for errors
 * @param name the camera's id, if one was given
 * @param address its address
 */
record CameraArgument(String where, @Nullable String name, CameraAddress address) {
  /** Letters and digits of any script, with single spaces between them. */
  static final String NAME = "[\\p{L}\\p{M}\\p{N}._-]+(?: [\\p{L}\\p{M}\\p{N}._-]+)*";

  /** A URL's own "=" never comes before a "/" or ":", a name has neither. */
  private static final Pattern NAMED = Pattern.compile("(" + NAME + ")=(.+)", Pattern.DOTALL);

  /**
   * @param secretParts parts of the text that must not be shown, wherever they occur
   */
  static CameraArgument of(String where, String text, Collection<String> secretParts) {
    Matcher named = NAMED.matcher(text);
    return named.matches()
        ? new CameraArgument(where, named.group(1), CameraAddress.of(named.group(2), secretParts))
        : new CameraArgument(where, null, CameraAddress.of(text, secretParts));
  }

  /**
   * This camera.
   *
   * @throws IllegalArgumentException if it is neither a URL nor a file that can be read
   */
  CameraArgument checked() {
    if (!address.isLocal() || address.isReadable()) {
      return this;
    }
    String shown = address.toString();
    throw wrong(
        shown.equals(CameraAddress.HIDDEN)
            ? "it is neither a readable file nor a URL with a scheme such as rtsp://, and not "
                + "shown because it may hold a login"
            : "there is no readable file " + shown);
  }

  /** An error that names this camera without secrets. */
  IllegalArgumentException wrong(String rule) {
    return new IllegalArgumentException(
        "%s %s%s: %s".formatted(where, name == null ? "" : name + '=', address, rule));
  }
}
