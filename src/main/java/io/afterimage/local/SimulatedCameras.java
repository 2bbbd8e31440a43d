package io.afterimage.local;

import io.afterimage.frame.FrameSource;
import io.afterimage.gateway.FramePublisher;
import io.afterimage.lab.simulation.SimulatedSource;
import io.afterimage.lab.simulation.Simulation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Simulated cameras with a common clock. */
final class SimulatedCameras implements Cameras {
  private final CameraPlayer player;

  /**
   * @param start capture time of the first frames
   * @param newestMillis capture time up to which frames have been published already (milliseconds
   *     since 1970, UTC); before the start if there are none
   */
  SimulatedCameras(
      Simulation simulation,
      Instant start,
      long newestMillis,
      FramePublisher publisher,
      Backlog backlog) {
    List<FrameSource> sources =
        simulation.cameras().stream()
            .<FrameSource>map(
                camera ->
                    new SimulatedSource(camera, simulation.settings(), start.toEpochMilli())
                        .after(newestMillis))
            .toList();
    player = new CameraPlayer(sources, publisher, backlog);
  }

  @Override
  public void start() {
    player.start();
  }

  @Override
  public Optional<String> problem() {
    try {
      player.finished().getNow(null);
      return Optional.empty();
    } catch (CompletionException e) {
      return Optional.of("the cameras stopped: " + e.getCause().getMessage());
    }
  }

  @Override
  public void close() {
    player.close();
  }
}
