package io.afterimage.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The stream of server-sent events that keeps a page up to date: each second {@code state}, and
 * {@code points} when there are new ones. A stream ends after some minutes; browsers then
 * reconnect.
 */
final class EventStream {
  private static final int MOST_STREAMS = 24;
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Watch watch;
  private final Semaphore places = new Semaphore(MOST_STREAMS);
  private final CountDownLatch closed = new CountDownLatch(1);

  EventStream(Watch watch) {
    this.watch = watch;
  }

  /** Serves one client until it leaves. */
  void serve(HttpExchange exchange) throws IOException, InterruptedException {
    if (!places.tryAcquire()) {
      exchange.getResponseHeaders().set("Retry-After", "10");
      Exchanges.refuse(exchange, 503, "%d pages are open already".formatted(MOST_STREAMS));
      return;
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        send(out);
      }
    } finally {
      places.release();
    }
  }

  private void send(OutputStream out) throws IOException, InterruptedException {
    long endNanos = System.nanoTime() + LONGEST.toNanos();
    long revision = -1;
    int end = 0;
    do {
      Training.Points points = watch.points(revision, end);
      boolean news = points.revision() != revision || points.end() > 0;
      ByteArrayOutputStream events = new ByteArrayOutputStream();
      if (news) {
        event(events, "points", Json.bytes(points));
      }
      event(events, "state", Json.bytes(watch.state()));
      out.write(events.toByteArray());
      out.flush();
      revision = points.revision();
      end = points.end();
    } while (System.nanoTime() < endNanos && !closed.await(TICK.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static void event(ByteArrayOutputStream out, String name, byte[] json) {
    out.writeBytes(("event: " + name + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
    // JSON from one call has no line break.
    out.writeBytes(json);
    out.writeBytes(new byte[] {'\n', '\n'});
  }

  /** Ends all streams. */
  void close() {
    closed.countDown();
  }
}
