package io.afterimage.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a learner's steps on a thread of their own, so that the caller finds and changes the views
 * of the next mini-batch meanwhile.
 *
 * <pre>{@code
 * try (StepPipeline pipeline = new StepPipeline(learner)) {
 *   pipeline.submit(batch).forEach(this::emit);
 *   pipeline.drain().forEach(this::emit); // before the learner is written or copied
 * }
 * }</pre>
 *
 * <p>The weights are those of the same mini-batches given to {@link Learner#step} one after the
 * other. At most one mini-batch waits while another is learned from; {@link #submit} blocks until
 * there is room.
 *
 * <p>Legal order of calls: any; but the learner itself may only be touched after {@link #drain} or
 * {@link #close} and before the next {@code submit}. For one calling thread. Does not close the
 * learner.
 */
public final class StepPipeline implements AutoCloseable {
  /** One is learned from, one waits. */
  private static final int ROOMS = 2;

  private record Pending(PreparedBatch room, Future<StepReport> report) {}

  private final Learner learner;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread created = new Thread(work, "learner-step");
            created.setDaemon(true);
            return created;
          });
  private final Deque<PreparedBatch> free = new ArrayDeque<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private @Nullable RuntimeException failure;

  public StepPipeline(Learner learner) {
    this.learner = learner;
    for (int i = 0; i < ROOMS; i++) {
      free.add(learner.room());
    }
  }

  /**
   * Gives the learner its next mini-batch.
   *
   * @return the reports of steps that ended since the last call, in order
   * @throws IllegalArgumentException if the mini-batch is not of the learner's shape
   * @throws RuntimeException what a step threw; nothing can be submitted afterwards
   */
  public List<StepReport> submit(MiniBatch batch) throws InterruptedException {
    List<StepReport> ended = new ArrayList<>();
    Pending oldest = pending.peek();
    while (oldest != null && (free.isEmpty() || oldest.report().isDone())) {
      ended.add(take());
      oldest = pending.peek();
    }
    requireSound();
    PreparedBatch room = free.remove();
    Pending newest = pending.peekLast();
    long step = newest == null ? learner.steps() + 1 : newest.room().step() + 1;
    try {
      learner.prepare(batch, step, room);
    } catch (RuntimeException e) {
      free.add(room);
      throw e;
    }
    pending.add(new Pending(room, thread.submit(() -> learner.step(room))));
    return ended;
  }

  /**
   * Waits until everything submitted is learned from.
   *
   * @return the reports that were not returned yet, in order
   * @throws RuntimeException what a step threw
   */
  public List<StepReport> drain() throws InterruptedException {
    List<StepReport> ended = new ArrayList<>();
    while (!pending.isEmpty()) {
      ended.add(take());
    }
    requireSound();
    return ended;
  }

  private StepReport take() throws InterruptedException {
    Pending oldest = pending.element();
    try {
      StepReport report = oldest.report().get();
      pending.remove();
      free.add(oldest.room());
      return report;
    } catch (ExecutionException e) {
      failure =
          e.getCause() instanceof RuntimeException thrown
              ? thrown
              : new IllegalStateException("a step failed", e.getCause());
      thread.shutdownNow();
      pending.clear();
      throw failure;
    }
  }

  private void requireSound() {
    if (failure != null) {
      throw new IllegalStateException("a step failed before; nothing follows it", failure);
    }
  }

  /** Waits for the step that runs, even if interrupted; one that waits is dropped. */
  @Override
  public void close() {
    thread.shutdownNow();
    boolean interrupted = false;
    // The learner's buffers are in use until the step ends.
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
