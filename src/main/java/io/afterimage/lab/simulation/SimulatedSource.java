package io.afterimage.lab.simulation;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.FrameSource;

/** A simulated camera as an endless source of frames, rendered on demand. */
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

  /** A source with another id than the camera's. */
  public SimulatedSource(
      String name, SimulatedCamera camera, SimulationSettings settings, long startMillis) {
    this.name = name;
    this.camera = camera;
    this.settings = settings;
    this.startMillis = startMillis;
  }

  /**
   * The source from the first frame after a time on.
   *
   * @param millis a capture time (milliseconds since 1970, UTC); before the start for all frames
   */
  public SimulatedSource after(long millis) {
    frames = Math.max(0, (long) ((millis - startMillis) * settings.framesPerSecond() / 1000));
    while (frames > 0 && startMillis + time() > millis) {
      frames--;
    }
    while (startMillis + time() <= millis) {
      frames++;
    }
    return this;
  }

  private long time() {
    return Math.round(frames * 1000 / settings.framesPerSecond());
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
    long time = time();
    frames++;
    return new CapturedImage(
        startMillis + time, settings.width(), settings.height(), camera.render(time));
  }

  @Override
  public void close() {}
}
