package io.afterimage.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A camera as the command line names it: {@code [NAME=]URL}.
 *
 * @param name the camera's id
 * @param url where it is
 */
record CameraArgument(String name, CameraUrl url) {
  /** A URL's own "=" never comes before a "/" or ":", a name has neither. */
  private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9._-]+)=(.+)");

  /**
   * Reads all of them; names that were not given are derived from the URLs, and numbered where two
   * would be the same.
   *
   * @throws IllegalArgumentException if a name is given twice, or a file does not exist
   */
  static List<CameraArgument> parse(List<String> arguments) {
    Set<String> taken = new HashSet<>();
    for (String argument : arguments) {
      Matcher named = NAMED.matcher(argument);
      if (named.matches() && !taken.add(named.group(1))) {
        throw new IllegalArgumentException(
            "%s: the name %s is given twice".formatted(argument, named.group(1)));
      }
    }
    List<CameraArgument> cameras = new ArrayList<>();
    for (String argument : arguments) {
      Matcher named = NAMED.matcher(argument);
      CameraUrl url = new CameraUrl(named.matches() ? named.group(2) : argument);
      if (url.isLocal() && !Files.isReadable(Path.of(url.location()))) {
        throw new IllegalArgumentException(
            "%s: there is no readable file %s".formatted(argument, url));
      }
      cameras.add(
          new CameraArgument(
              named.matches() ? named.group(1) : untaken(url.derivedName(), taken), url));
    }
    return cameras;
  }

  private static String untaken(String name, Set<String> taken) {
    String candidate = name;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = name + '-' + i;
    }
    return candidate;
  }
}
