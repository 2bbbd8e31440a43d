package io.afterimage.gateway;

import io.afterimage.frame.FrameSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Publishes cameras to Kafka. One thread per camera reads, encodes and publishes, and reconnects
 * when the camera is lost.
 *
 * <pre>{@code
 * try (FramePublisher publisher = FramePublisher.connect("localhost:9092", "frames", Map.of());
 *     Gateway gateway = new Gateway(GatewaySettings.defaults(true), cameras, publisher, metrics)) {
 *   gateway.start();
 *   gateway.awaitEnd();
 * }
 * }</pre>
 *
 * <p>Legal order of calls: {@link #start} once; {@link #status} and {@link #awaitEnd} at any time;
 * {@link #close}, from any thread.
 */
public final class Gateway implements AutoCloseable {
  /**
   * Time to wait for a camera stuck in a native read; after that the read's own timeout ends it.
   */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final List<CameraLoop> cameras;
  private final List<Thread> threads;
  private final FramePublisher publisher;

  /**
   * @param sources the cameras; opened, used and closed by this gateway
   * @param publisher receives the frames; not closed by this gateway
   * @throws IllegalArgumentException if two cameras have one id
   */
  public Gateway(
      GatewaySettings settings,
      List<? extends FrameSource> sources,
      FramePublisher publisher,
      GatewayMetrics metrics) {
    StreamClock clock = new StreamClock(settings.realtime());
    Set<String> ids = new HashSet<>();
    for (FrameSource source : sources) {
      if (!ids.add(source.camera())) {
        throw new IllegalArgumentException("two cameras have the id " + source.camera());
      }
      clock.join(source.camera());
    }
    this.publisher = publisher;
    this.cameras =
        sources.stream()
            .map(
                source ->
                    new CameraLoop(source, publisher, clock, metrics.of(source.camera()), settings))
            .toList();
    this.threads = cameras.stream().map(Gateway::thread).toList();
  }

  private static Thread thread(CameraLoop camera) {
    Thread thread = new Thread(camera, "camera-" + camera.camera());
    thread.setDaemon(true);
    return thread;
  }

  /** Starts to read all cameras. */
  public void start() {
    threads.forEach(Thread::start);
  }

  /** Waits until every camera has ended or failed, and every frame is stored or lost. */
  public void awaitEnd() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    publisher.flush();
  }

  /** The current status of every camera, in the order given. */
  public List<CameraStatus> status() {
    return cameras.stream().map(CameraLoop::status).toList();
  }

  /** Stops all cameras. Their last frames may be in flight until the publisher is closed. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
    try {
      for (Thread thread : threads) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        thread.join(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
