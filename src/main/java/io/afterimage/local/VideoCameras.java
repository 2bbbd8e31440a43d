package io.afterimage.local;

import io.afterimage.frame.FrameSource;
import io.afterimage.gateway.CameraStatus;
import io.afterimage.gateway.FramePublisher;
import io.afterimage.gateway.Gateway;
import io.afterimage.gateway.GatewayMetrics;
import io.afterimage.gateway.GatewaySettings;
import io.afterimage.gateway.VideoSource;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Real cameras and files, read by the gateway. */
final class VideoCameras implements Cameras {
  private final Gateway gateway;

  VideoCameras(List<VideoSource> sources, FramePublisher publisher, Backlog backlog) {
    AtomicLong taken = new AtomicLong();
    List<FrameSource> heldBack =
        sources.stream()
            .<FrameSource>map(source -> new HeldBackSource(source, backlog, taken))
            .toList();
    gateway =
        new Gateway(
            GatewaySettings.defaults(false),
            heldBack,
            publisher,
            new GatewayMetrics(new CollectorRegistry()));
  }

  @Override
  public void start() {
    gateway.start();
  }

  @Override
  public Optional<String> problem() {
    List<CameraStatus> cameras = gateway.status();
    Optional<String> failed =
        cameras.stream()
            .filter(camera -> camera.state() == CameraStatus.State.FAILED)
            .map(camera -> "camera %s: %s".formatted(camera.camera(), camera.problem()))
            .findFirst();
    if (failed.isPresent()) {
      return failed;
    }
    boolean allEnded =
        cameras.stream().allMatch(camera -> camera.state() == CameraStatus.State.ENDED);
    return allEnded ? Optional.of("all cameras have ended") : Optional.empty();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
