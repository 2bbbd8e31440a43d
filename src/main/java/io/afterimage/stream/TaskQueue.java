package io.afterimage.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks sequentially on its own thread, while the caller prepares the next task. At most two
 * tasks are pending: one runs, one waits.
 *
 * <p>Legal order of calls: {@link #awaitRoom} before each {@link #submit}; {@link #drain} at any
 * time; {@link #close} last. For one calling thread, which gets the results in the order of the
 * tasks. After a task has failed, no more can be submitted.
 *
 * @param <T> the result of a task
 */
final class TaskQueue<T> implements AutoCloseable {
  private static final int UNDER_WAY = 2;

  private final ExecutorService thread;
  private final Deque<Future<T>> pending = new ArrayDeque<>();
  private @Nullable Throwable failure;

  /**
   * @param name of the thread
   */
  TaskQueue(String name) {
    thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread created = new Thread(work, name);
              created.setDaemon(true);
              return created;
            });
  }

  /**
   * Waits until another task may be submitted.
   *
   * @return the results of tasks that ended since the last call
   * @throws RuntimeException the exception of a task
   */
  List<T> awaitRoom() throws InterruptedException {
    List<T> ended = new ArrayList<>();
    Future<T> oldest = pending.peek();
    while (oldest != null && (pending.size() == UNDER_WAY || oldest.isDone())) {
      ended.add(take(oldest));
      oldest = pending.peek();
    }
    requireSound();
    return ended;
  }

  /** Adds a task. */
  void submit(Callable<T> task) {
    requireSound();
    if (pending.size() == UNDER_WAY) {
      throw new IllegalStateException("no task may be submitted before there is room");
    }
    pending.add(thread.submit(task));
  }

  /**
   * Waits until all tasks ended.
   *
   * @return the results that were not returned yet
   * @throws RuntimeException the exception of a task
   */
  List<T> drain() throws InterruptedException {
    List<T> ended = new ArrayList<>();
    for (Future<T> oldest = pending.peek(); oldest != null; oldest = pending.peek()) {
      ended.add(take(oldest));
    }
    requireSound();
    return ended;
  }

  private T take(Future<T> oldest) throws InterruptedException {
    try {
      T result = oldest.get();
      pending.remove();
      return result;
    } catch (ExecutionException e) {
      failure = e.getCause();
      thread.shutdownNow();
      pending.clear();
      if (failure instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (failure instanceof Error thrown) {
        throw thrown; // such as memory that ran out, which another start may have
      }
      throw new IllegalStateException("a task failed", failure);
    }
  }

  private void requireSound() {
    if (failure != null) {
      throw new IllegalStateException(
          "a task has failed before; no more tasks are accepted", failure);
    }
  }

  /** Waits for the running task, even if interrupted; drops a waiting one. */
  @Override
  public void close() {
    thread.shutdownNow();
    boolean interrupted = false;
    // The task's memory is freed when this returns.
    while (!thread.isTerminated()) {
      try {
        thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
