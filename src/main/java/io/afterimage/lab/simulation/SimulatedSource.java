package io.afterimage.lab.simulation;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.FrameSource;

/** A simulated camera as a source of frames: without end, made when asked for. */
public final class SimulatedSource implements FrameSource {
  private final String name;
  private final SimulatedCamera camera;
  private final SimulationSettings settings;
  private final long startMillis;
  private long frames;

  /**
   * @param startMillis capture time of the camera's time 0 (milliseconds since 1970, UTC)
   */
  public SimulatedSource(SimulatedCamera camera, SimulationSettings settings, long startMillis) {
    this(camera.id(), camera, settings, startMillis);
  }

  /** With an id of its own in place of the camera's. */
  public SimulatedSource(
      String name, SimulatedCamera camera, SimulationSettings settings, long startMillis) {
    this.name = name;
    this.camera = camera;
    this.settings = settings;
    this.startMillis = startMillis;
  }

  @Override
  public String camera() {
    return name;
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public void open() {}

  @Override
  public CapturedImage next() {
    long time = Math.round(frames++ * 1000 / settings.framesPerSecond());
    return new CapturedImage(
        startMillis + time, settings.width(), settings.height(), camera.render(time));
  }

  @Override
  public void close() {}
}
