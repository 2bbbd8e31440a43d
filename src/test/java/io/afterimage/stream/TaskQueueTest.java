package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TaskQueueTest {
  @Test
  void submit_manyTasks_runOneAfterTheOtherAndGiveTheirResultsInOrder() throws Exception {
    List<Integer> results = new ArrayList<>();
    AtomicInteger running = new AtomicInteger();
    try (TaskQueue<Integer> queue = new TaskQueue<>("test")) {
      for (int i = 0; i < 50; i++) {
        int number = i;
        results.addAll(queue.awaitRoom());
        queue.submit(
            () -> {
              assertThat(running.incrementAndGet()).isEqualTo(1);
              running.decrementAndGet();
              return number;
            });
      }
      results.addAll(queue.drain());
      assertThat(queue.drain()).isEmpty();
    }
    assertThat(results).hasSize(50).isSorted();
  }

  @Test
  void submit_withoutRoom_isRefused() {
    CountDownLatch end = new CountDownLatch(1);
    try (TaskQueue<Integer> queue = new TaskQueue<>("test")) {
      queue.submit(() -> waitFor(end));
      queue.submit(() -> 2);
      assertThatThrownBy(() -> queue.submit(() -> 3))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no task may be submitted before there is room");
      end.countDown();
    }
  }

  @Test
  void drain_aTaskFailed_throwsWhatItThrewAndNothingFollows() throws Exception {
    try (TaskQueue<Integer> queue = new TaskQueue<>("test")) {
      queue.submit(
          () -> {
            throw new IllegalArgumentException("wrong");
          });
      assertThatThrownBy(queue::drain).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(queue::awaitRoom)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a task has failed before; no more tasks are accepted")
          .hasRootCauseMessage("wrong");
      assertThatThrownBy(() -> queue.submit(() -> 1)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void drain_aTaskRanOutOfMemory_throwsThatError() {
    try (TaskQueue<Integer> queue = new TaskQueue<>("test")) {
      queue.submit(
          () -> {
            throw new OutOfMemoryError("no native memory");
          });
      assertThatThrownBy(queue::drain)
          .isInstanceOf(OutOfMemoryError.class)
          .hasMessage("no native memory");
    }
  }

  /**
   * The task ends only once the interrupt has reached the closing thread, so that close has waited.
   */
  @Test
  void close_interrupted_waitsForTheTaskAndStaysInterrupted() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean droppedRan = new AtomicBoolean();
    AtomicBoolean endedAtReturn = new AtomicBoolean();
    AtomicBoolean interruptedAtReturn = new AtomicBoolean();
    TaskQueue<Integer> queue = new TaskQueue<>("test");
    queue.submit(
        () -> {
          started.countDown();
          waitFor(end);
          ended.set(true);
          return 1;
        });
    queue.submit(
        () -> {
          droppedRan.set(true);
          return 2;
        });
    started.await();
    Thread closing =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              queue.close();
              endedAtReturn.set(ended.get());
              interruptedAtReturn.set(Thread.currentThread().isInterrupted());
            });
    closing.start();
    awaitWaiting(closing);
    closing.interrupt();
    awaitWaiting(closing);
    end.countDown();
    closing.join();

    assertThat(endedAtReturn).isTrue();
    assertThat(interruptedAtReturn).isTrue();
    assertThat(droppedRan).isFalse();
  }

  /** Until a thread waits for something with its interrupt consumed; fails if it ended instead. */
  private static void awaitWaiting(Thread thread) throws Exception {
    CommonTestUtils.waitUntilCondition(
        () -> {
          assertThat(thread.getState()).isNotEqualTo(Thread.State.TERMINATED);
          return thread.getState() == Thread.State.TIMED_WAITING && !thread.isInterrupted();
        },
        1L,
        10_000);
  }

  /** Waits however often the thread is interrupted, as a step under way does. */
  private static int waitFor(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return 1;
      } catch (InterruptedException e) {
        // A step cannot be interrupted.
      }
    }
  }
}
