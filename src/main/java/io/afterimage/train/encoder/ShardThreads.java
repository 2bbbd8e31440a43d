package io.afterimage.train.encoder;

import io.afterimage.train.optimize.Parallel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * One thread per shard of a mini-batch.
 *
 * <p>An operation on all frames would be divided among the cores, too, but would synchronize them
 * at its end, and a step has many hundred operations. Shards synchronize twice a step.
 */
final class ShardThreads implements Parallel, AutoCloseable {
  private final @Nullable ExecutorService threads;

  /**
   * @param count shards; a single one runs on the caller's thread
   */
  ShardThreads(int count) {
    if (count == 1) {
      threads = null;
      return;
    }
    // This setting holds for the whole process; for element-wise operations ND4J uses its own
    // number of threads.
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

  /** Runs all tasks and waits for them, even if interrupted. */
  @Override
  public void run(List<Runnable> pieces) {
    if (threads == null) {
      pieces.forEach(Runnable::run);
      return;
    }
    CompletableFuture<?>[] running =
        pieces.stream()
            .map(piece -> CompletableFuture.runAsync(piece, threads))
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
