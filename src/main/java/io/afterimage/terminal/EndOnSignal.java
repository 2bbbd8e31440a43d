package io.afterimage.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An orderly shutdown on Ctrl-C or a termination signal: asks the work to stop, and delays the end
 * of the process until it has stopped.
 *
 * <pre>{@code
 * EndOnSignal end = EndOnSignal.asks(stop::countDown, Duration.ofSeconds(30));
 * try {
 *   ...
 * } finally {
 *   end.close();
 * }
 * }</pre>
 */
public final class EndOnSignal implements AutoCloseable {
  private final Runnable stop;
  private final Duration patience;
  private final Thread hook = new Thread(this::askAndWait, "end-on-signal");
  private final CountDownLatch closed = new CountDownLatch(1);

  private EndOnSignal(Runnable stop, Duration patience) {
    this.stop = stop;
    this.patience = patience;
  }

  /**
   * @param stop asks the work to end; called by another thread
   * @param patience how long the process waits for {@link #close}
   */
  public static EndOnSignal asks(Runnable stop, Duration patience) {
    EndOnSignal end = new EndOnSignal(stop, patience);
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  /** The shutdown hook: asks the work to stop, and waits. */
  void askAndWait() {
    stop.run();
    try {
      if (!closed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("Not everything could be closed in time; ending anyway");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * To be called when everything is closed: the process may end, and signals have no more effect.
   */
  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }
}
