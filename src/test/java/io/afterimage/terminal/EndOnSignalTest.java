package io.afterimage.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndOnSignalTest {
  @Test
  void signal_work_isAskedAndWaitedFor() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<Void> signal;
    try (EndOnSignal end = EndOnSignal.asks(asked::countDown, Duration.ofSeconds(20))) {
      signal = CompletableFuture.runAsync(end::askAndWait);
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(signal).isNotDone();
    }
    signal.get(20, TimeUnit.SECONDS);
  }

  @Test
  void signal_workThatDoesNotEnd_isGivenUp() {
    try (EndOnSignal end = EndOnSignal.asks(() -> {}, Duration.ofMillis(1))) {
      end.askAndWait();
    }
  }

  @Test
  void close_isNotAskedAnyMore() {
    EndOnSignal end = EndOnSignal.asks(() -> {}, Duration.ofSeconds(20));
    end.close();
    end.close();
    end.askAndWait();
  }
}
