package io.afterimage.local;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.FrameSource;
import io.afterimage.frame.JpegEncoder;
import io.afterimage.gateway.FramePublisher;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Plays all cameras into the topic of frames in the order of capture times, as fast as the job
 * reads them but never ahead of the present. A single thread plays all cameras, which makes the
 * topic a function of the sources.
 */
final class CameraPlayer implements AutoCloseable {
  private static final int JPEG_QUALITY = 90;

  private final List<FrameSource> sources;
  private final FramePublisher publisher;
  private final Backlog backlog;
  private final Thread thread = new Thread(this::run, "cameras");
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final AtomicLong published = new AtomicLong();

  private record Next(FrameSource source, int order, CapturedImage image) {}

  /**
   * @param sources sources that are not live; opened and closed by this player
   * @param publisher not closed by this player
   * @param backlog waited for before each picture
   */
  CameraPlayer(List<FrameSource> sources, FramePublisher publisher, Backlog backlog) {
    this.sources = List.copyOf(sources);
    this.publisher = publisher;
    this.backlog = backlog;
  }

  void start() {
    thread.start();
  }

  /** Number of pictures published. */
  long published() {
    return published.get();
  }

  /**
   * Completed when every source has ended or the player was closed; exceptionally if one failed.
   */
  CompletableFuture<Void> finished() {
    return finished;
  }

  /** Stops playing and waits for it. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (JpegEncoder encoder = new JpegEncoder(JPEG_QUALITY)) {
      play(encoder);
      finished.complete(null);
    } catch (InterruptedException e) {
      finished.complete(null);
    } catch (IOException | RuntimeException e) {
      finished.completeExceptionally(e);
    } finally {
      sources.forEach(FrameSource::close);
    }
  }

  private void play(JpegEncoder encoder) throws IOException, InterruptedException {
    // On a tie the earlier source goes first.
    PriorityQueue<Next> queue =
        new PriorityQueue<>(
            Comparator.<Next>comparingLong(next -> next.image().captureTimeMillis())
                .thenComparingInt(Next::order));
    for (int order = 0; order < sources.size(); order++) {
      sources.get(order).open();
      enqueue(queue, sources.get(order), order);
    }
    while (!queue.isEmpty()) {
      Next next = queue.remove();
      backlog.awaitRoom(published.get());
      awaitPresent(next.image().captureTimeMillis());
      publish(encoder, next);
      enqueue(queue, next.source(), next.order());
    }
    publisher.flush();
  }

  private static void enqueue(PriorityQueue<Next> queue, FrameSource source, int order)
      throws IOException {
    CapturedImage image = source.next();
    if (image != null) {
      queue.add(new Next(source, order, image));
    }
  }

  private void publish(JpegEncoder encoder, Next next) throws InterruptedException {
    CapturedImage image = next.image();
    byte[] jpeg = encoder.encode(image.pixels(), image.width(), image.height());
    publisher.publish(next.source().camera(), image.captureTimeMillis(), jpeg, this::stopIfLost);
    published.incrementAndGet();
  }

  private void stopIfLost(@Nullable Exception failure) {
    if (failure != null && finished.completeExceptionally(failure)) {
      thread.interrupt();
    }
  }

  private static void awaitPresent(long captureTimeMillis) throws InterruptedException {
    long ahead = captureTimeMillis - System.currentTimeMillis();
    if (ahead > 0) {
      Thread.sleep(ahead);
    }
  }
}
