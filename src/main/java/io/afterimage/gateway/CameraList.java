package io.afterimage.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cameras as the user gives them, each {@code [NAME=]URL}, on a command line or in a file.
 *
 * <pre>{@code
 * List<VideoSource> sources =
 *     new CameraList()
 *         .add("--camera", List.of("door=rtsp://10.0.0.7/stream"))
 *         .addFile("--cameras-file", Path.of("cameras.txt"), System.getenv())
 *         .sources(settings);
 * }</pre>
 *
 * <p>Its exceptions show no login.
 */
public final class CameraList {
  private static final Logger LOG = LoggerFactory.getLogger(CameraList.class);

  private final List<CameraArgument> cameras = new ArrayList<>();

  /**
   * Adds cameras of a command line.
   *
   * @param option name of the option, for errors
   * @throws IllegalArgumentException if a camera is neither a URL nor a readable file
   */
  public CameraList add(String option, List<String> arguments) {
    for (String argument : arguments) {
      cameras.add(CameraArgument.of(option, argument, List.of()).checked());
    }
    return this;
  }

  /**
   * Adds the cameras of a file: one per line; empty lines and lines that begin with "#" are
   * ignored. {@code ${NAME}} is replaced by an environment variable. Logs a warning if other users
   * can read a login in the file.
   *
   * @param option name of the option, for errors
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming file and line, if one is neither a URL nor a file that
   *     can be read, or a variable is not set
   */
  public CameraList addFile(String option, Path file, Map<String, String> environment)
      throws IOException {
    CamerasFile list = new CamerasFile(option, file);
    cameras.addAll(list.read(environment));
    list.warning().ifPresent(LOG::warn);
    return this;
  }

  /**
   * One source per camera. Names that were not given are derived from the URLs, and numbered to be
   * unique.
   *
   * @throws IllegalArgumentException if a name is given twice
   */
  public List<VideoSource> sources(VideoSettings settings) {
    Map<String, CameraArgument> named = new HashMap<>();
    for (CameraArgument camera : cameras) {
      if (camera.name() != null && named.put(camera.name(), camera) != null) {
        throw camera.wrong("the name %s is given twice".formatted(camera.name()));
      }
    }
    Set<String> taken = new HashSet<>(named.keySet());
    List<VideoSource> sources = new ArrayList<>();
    for (CameraArgument camera : cameras) {
      String given = camera.name();
      String name = given == null ? untaken(camera.address().derivedName(), taken) : given;
      sources.add(new VideoSource(name, camera.address(), settings));
    }
    return sources;
  }

  private static String untaken(String name, Set<String> taken) {
    String candidate = name;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = name + '-' + i;
    }
    return candidate;
  }
}
