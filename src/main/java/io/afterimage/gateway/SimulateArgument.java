package io.afterimage.gateway;

import io.afterimage.frame.FrameSource;
import io.afterimage.lab.simulation.SimulatedCamera;
import io.afterimage.lab.simulation.SimulatedSource;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.lab.simulation.SimulationSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Simulated cameras as the command line gives them: {@code [NAME=]COUNT}.
 *
 * @param name prefix of the cameras' ids
 * @param count number of cameras
 */
public record SimulateArgument(String name, int count) {
  private static final Pattern FORM =
      Pattern.compile("(?:(" + CameraArgument.NAME + ")=)?([1-9][0-9]{0,3})");
  private static final String DEFAULT_NAME = "simulated";
  private static final int CLASSES = 4;

  /**
   * @throws IllegalArgumentException if the argument has another form
   */
  public static SimulateArgument parse(String argument) {
    Matcher matcher = FORM.matcher(argument);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "--simulate %s: must be [NAME=]COUNT with a count in 1..9999"
              .formatted(argument.matches("[A-Za-z0-9._=+-]*") ? argument : CameraAddress.HIDDEN));
    }
    String name = matcher.group(1) == null ? DEFAULT_NAME : matcher.group(1);
    return new SimulateArgument(name, Integer.parseInt(matcher.group(2)));
  }

  /**
   * The cameras themselves.
   *
   * @param framesPerSecond frames of a camera in a second of its own time
   * @param start capture time of each camera's first frame
   */
  public List<FrameSource> sources(long seed, double framesPerSecond, Instant start) {
    SimulationSettings settings =
        SimulationSettings.balanced(seed, count, CLASSES).withFramesPerSecond(framesPerSecond);
    List<SimulatedCamera> cameras = Simulation.procedural(settings).cameras();
    List<FrameSource> sources = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sources.add(
          new SimulatedSource(
              "%s-%d".formatted(name, i + 1), cameras.get(i), settings, start.toEpochMilli()));
    }
    return sources;
  }
}
