package io.afterimage.encoder;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * A thread for each shard of a mini-batch.
 *
 * <p>An operation on all frames would be split over the cores, too, but wait for all of them at its
 * end, and a step has many hundred operations. Shards meet twice a step.
 */
final class ShardThreads implements AutoCloseable {
  private final @Nullable ExecutorService threads;

  /**
   * @param count shards; a single one runs on the caller's thread
   */
  ShardThreads(int count) {
    if (count == 1) {
      threads = null;
      return;
    }
    // Of the whole process: element by element, ND4J asks for its own number of threads.
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    int own = Math.max(1, Backend.threads() / count);
    threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread created =
                  new Thread(
                      () -> {
                        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(own);
                        work.run();
                      },
                      "encoder-shard");
              created.setDaemon(true);
              return created;
            });
  }

  /** Does the work for each shard and waits for all, even if interrupted. */
  void run(List<Shard> shards, Consumer<Shard> work) {
    if (threads == null) {
      shards.forEach(work);
      return;
    }
    CompletableFuture<?>[] running =
        shards.stream()
            .map(shard -> CompletableFuture.runAsync(() -> work.accept(shard), threads))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(running).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdown();
    }
  }
}
