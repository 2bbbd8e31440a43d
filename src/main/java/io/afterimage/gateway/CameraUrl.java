package io.afterimage.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a camera is: a file name, a URL or a device, as FFmpeg takes it.
 *
 * @param location as it was given; {@link #toString} leaves out a login in it
 */
record CameraUrl(String location) {
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:.*");
  private static final Pattern LOGIN = Pattern.compile("(://)[^/@]*@");

  /** Whether it names a file or device rather than something on the network. */
  boolean isLocal() {
    return !SCHEME.matcher(location).matches();
  }

  boolean isRegularFile() {
    return isLocal() && Files.isRegularFile(Path.of(location));
  }

  boolean isWebcam() {
    return location.startsWith("/dev/video");
  }

  /**
   * FFmpeg's options for a network source: RTSP over TCP, because lost packets smear pictures, and
   * the time after which silence is an error.
   */
  Map<String, String> defaultOptions(Duration timeout) {
    String micros = Long.toString(timeout.toNanos() / 1_000);
    if (location.startsWith("rtsp")) {
      return Map.of("rtsp_transport", "tcp", "timeout", micros);
    }
    return isLocal() ? Map.of() : Map.of("rw_timeout", micros);
  }

  /** An id for a camera that was given none: the file's or device's name, or host and path. */
  String derivedName() {
    String name;
    if (isLocal()) {
      String file = String.valueOf(Path.of(location).getFileName());
      name = file.lastIndexOf('.') > 0 ? file.substring(0, file.lastIndexOf('.')) : file;
    } else {
      name =
          LOGIN
              .matcher(location)
              .replaceFirst("$1")
              .replaceFirst("^[^:]*:/*", "")
              .replaceFirst("[?#].*", "");
    }
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^-+|-+$", "");
    return plain.isEmpty() ? "camera" : plain;
  }

  @Override
  public String toString() {
    return LOGIN.matcher(location).replaceFirst("$1");
  }
}
