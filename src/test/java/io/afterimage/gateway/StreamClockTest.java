package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamClockTest {
  private static final long BEGIN = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1);

  @Test
  void await_timeAhead_waitsForTheWallClock() throws Exception {
    StreamClock clock = new StreamClock(false);
    long soon = System.currentTimeMillis() + 60;
    clock.await("a", soon);
    assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(soon);
  }

  @Test
  void await_realtime_keepsTheRecordedPace() throws Exception {
    StreamClock clock = new StreamClock(true);
    long begin = System.nanoTime();
    clock.await("a", BEGIN);
    clock.await("a", BEGIN + 40);
    clock.await("a", BEGIN + 80);
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(79));
  }

  @Test
  void await_fastCamera_waitsForTheSlowOne() {
    StreamClock clock = new StreamClock(false);
    clock.join("slow");
    CountDownLatch first = new CountDownLatch(1);
    CompletableFuture<Void> fast =
        CompletableFuture.runAsync(
            () -> {
              for (long time = BEGIN; time <= BEGIN + 2_000; time += 100) {
                await(clock, "fast", time);
                first.countDown();
              }
            });
    assertThat(first.getCount()).as("waits for the slow camera's first frame").isEqualTo(1);
    await(clock, "slow", BEGIN);
    await(clock, "slow", BEGIN + 1_000);
    assertThat(fast).isNotDone();
    clock.leave("slow");
    assertTimeoutPreemptively(Duration.ofSeconds(10), fast::join);
  }

  private static void await(StreamClock clock, String camera, long time) {
    try {
      clock.await(camera, time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
