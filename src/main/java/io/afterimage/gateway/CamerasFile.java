package io.afterimage.gateway;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of cameras: {@code [NAME=]URL}, one per line; empty lines and lines that begin with "#"
 * are ignored.
 *
 * <p>{@code ${NAME}} is replaced by an environment variable. Within a URL its value is
 * percent-encoded, which allows any password; in a line {@code [NAME=]${NAME}} it is the whole URL.
 *
 * @param option name of the option, for errors
 * @param file in UTF-8
 */
record CamerasFile(String option, Path file) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Pattern WHOLE =
      Pattern.compile("(" + CameraArgument.NAME + "=)?\\$\\{[^}]*}");
  private static final Pattern URL =
      Pattern.compile("(" + CameraArgument.NAME + "=)?[A-Za-z][A-Za-z0-9+.-]*:.*");
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /**
   * The cameras in the order of their lines.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming file and line, if a camera is invalid
   */
  List<CameraArgument> read(Map<String, String> environment) throws IOException {
    List<CameraArgument> cameras = new ArrayList<>();
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String where = "%s %s, line %d:".formatted(option, file, i + 1);
      List<String> secrets = new ArrayList<>();
      String expanded = expanded(line, where, environment, secrets);
      cameras.add(CameraArgument.of(where, expanded, secrets).checked());
    }
    if (cameras.isEmpty()) {
      throw new IllegalArgumentException("%s %s: there is no camera in it".formatted(option, file));
    }
    return cameras;
  }

  /**
   * A warning if other users can read a login that the file itself contains.
   *
   * @throws IOException if the file cannot be read
   */
  Optional<String> warning() throws IOException {
    boolean holdsLogin =
        lines().stream()
            .filter(line -> !line.startsWith("#") && !VARIABLE.matcher(line).find())
            .map(line -> CameraArgument.of(option, line, List.of()))
            .anyMatch(camera -> camera.address().holdsSecret());
    return holdsLogin && isReadableByOthers()
        ? Optional.of(
            "%s holds logins and can be read by other users: chmod 600 %s".formatted(file, file))
        : Optional.empty();
  }

  private List<String> lines() throws IOException {
    try {
      return Files.readAllLines(file).stream()
          .map(line -> line.replace(BYTE_ORDER_MARK, "").strip())
          .toList();
    } catch (CharacterCodingException e) {
      throw new IOException("%s %s: it is not UTF-8".formatted(option, file), e);
    } catch (IOException e) {
      if (Files.exists(file)) {
        throw new IOException("%s %s: it cannot be read: %s".formatted(option, file, e), e);
      }
      // The value may be a camera's URL instead of a file.
      throw new IOException(
          "%s %s: there is no such file".formatted(option, CameraAddress.of(file.toString())));
    }
  }

  /**
   * @param secrets receives the values inserted
   */
  private static String expanded(
      String line, String where, Map<String, String> environment, List<String> secrets) {
    boolean encoded = URL.matcher(line).matches();
    boolean whole = WHOLE.matcher(line).matches();
    String text =
        VARIABLE
            .matcher(line)
            .replaceAll(
                match -> {
                  String value = value(match, where, environment);
                  String written = encoded ? PercentEncoding.encode(value) : value;
                  if (!whole) {
                    secrets.add(written);
                  }
                  return Matcher.quoteReplacement(written);
                });
    if (VARIABLE.matcher(line).replaceAll("").contains("${")) {
      throw new IllegalArgumentException(
          where + " a variable of the environment is written ${NAME}; %24{ stands for ${ itself");
    }
    return text;
  }

  private static String value(MatchResult match, String where, Map<String, String> environment) {
    String value = environment.get(match.group(1));
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(
          "%s the environment variable %s is not set".formatted(where, match.group(1)));
    }
    return value;
  }

  private boolean isReadableByOthers() throws IOException {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }
}
