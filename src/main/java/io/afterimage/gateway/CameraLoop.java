package io.afterimage.gateway;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.FrameSource;
import io.afterimage.frame.JpegEncoder;
import io.afterimage.gateway.CameraStatus.State;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One camera's thread: connect, read, encode, publish; reconnects when the camera is lost. */
final class CameraLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CameraLoop.class);
  private static final double NANOS = 1e9;
  private static final long COMPLAINT_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final FrameSource source;
  private final FramePublisher publisher;
  private final StreamClock clock;
  private final GatewayMetrics.OfCamera metrics;
  private final Backoff backoff;
  private final int quality;

  private volatile State state = State.CONNECTING;
  private volatile @Nullable String problem;
  private volatile long lastComplaintNanos = System.nanoTime() - COMPLAINT_INTERVAL_NANOS;

  CameraLoop(
      FrameSource source,
      FramePublisher publisher,
      StreamClock clock,
      GatewayMetrics.OfCamera metrics,
      GatewaySettings settings) {
    this.source = source;
    this.publisher = publisher;
    this.clock = clock;
    this.metrics = metrics;
    this.backoff = new Backoff(settings.firstRetry(), settings.lastRetry());
    this.quality = settings.quality();
  }

  String camera() {
    return source.camera();
  }

  /** Runs until the source ends, cannot be read, or the thread is interrupted. */
  @Override
  public void run() {
    try (JpegEncoder encoder = new JpegEncoder(quality)) {
      while (!playedToTheEnd(encoder)) {
        clock.leave(camera());
        metrics.reconnects().inc();
        Thread.sleep(backoff.nextMillis());
      }
      state = State.ENDED;
    } catch (InterruptedException e) {
      state = State.ENDED;
    } catch (IllegalArgumentException e) {
      // A stack trace would add nothing.
      fail(e);
    } catch (RuntimeException | LinkageError e) {
      fail(e);
      LOG.error("Camera {} failed", camera(), e);
    } finally {
      clock.leave(camera());
    }
  }

  private void fail(Throwable e) {
    state = State.FAILED;
    problem = e.getMessage();
    LOG.error("Camera {} failed and is not retried: {}", camera(), e.getMessage());
  }

  private boolean playedToTheEnd(JpegEncoder encoder) throws InterruptedException {
    try (FrameSource playing = source) {
      playing.open();
      if (playing.live()) {
        clock.leave(camera());
      }
      play(playing, encoder);
      return true;
    } catch (ClosedByInterruptException e) {
      throw new InterruptedException("interrupted while waiting for a picture");
    } catch (IOException e) {
      if (state == State.CONNECTED || problem == null) {
        LOG.warn("Camera {} is not connected, retrying: {}", camera(), e.getMessage());
      }
      problem = e.getMessage();
      state = State.CONNECTING;
      return false;
    } finally {
      metrics.connected().set(0);
    }
  }

  private void play(FrameSource playing, JpegEncoder encoder)
      throws IOException, InterruptedException {
    CapturedImage image = read(playing);
    while (image != null) {
      metrics.read().inc();
      connected();
      publish(image, playing.live(), encoder);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      image = read(playing);
    }
  }

  private @Nullable CapturedImage read(FrameSource playing) throws IOException {
    long begin = System.nanoTime();
    CapturedImage image = playing.next();
    if (image != null) {
      metrics.grab().observe((System.nanoTime() - begin) / NANOS);
    }
    metrics.show(playing.faults());
    return image;
  }

  private void connected() {
    if (state != State.CONNECTED) {
      LOG.info("Camera {} is connected", camera());
      state = State.CONNECTED;
      metrics.connected().set(1);
      backoff.reset();
    }
  }

  private void publish(CapturedImage image, boolean live, JpegEncoder encoder)
      throws InterruptedException {
    if (!live) {
      clock.await(camera(), image.captureTimeMillis());
    }
    long captured = System.nanoTime();
    byte[] jpeg = encoder.encode(image.pixels(), image.width(), image.height());
    metrics.encode().observe((System.nanoTime() - captured) / NANOS);
    publisher.publish(
        camera(),
        image.captureTimeMillis(),
        jpeg,
        failure -> acknowledged(failure, jpeg.length, captured));
  }

  private void acknowledged(@Nullable Exception failure, int bytes, long capturedNanos) {
    if (failure == null) {
      metrics.captureToAck().observe((System.nanoTime() - capturedNanos) / NANOS);
      metrics.published().inc();
      metrics.bytes().inc(bytes);
      return;
    }
    metrics.failed().inc();
    problem = failure.getMessage();
    long now = System.nanoTime();
    if (now - lastComplaintNanos >= COMPLAINT_INTERVAL_NANOS) {
      lastComplaintNanos = now;
      LOG.warn("Kafka did not accept a frame of camera {}: {}", camera(), failure.getMessage());
    }
  }

  CameraStatus status() {
    return new CameraStatus(
        camera(),
        state,
        (long) metrics.read().get(),
        (long) metrics.published().get(),
        (long) metrics.failed().get(),
        (long) metrics.bytes().get(),
        (long) metrics.reconnects().get(),
        problem);
  }
}
