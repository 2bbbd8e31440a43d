package io.afterimage.gateway;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a thread end in order when Ctrl-C or a termination signal asks the process to end. */
public final class EndOnSignal {
  /** Longer than the producer takes to give up what is on its way. */
  private static final long PATIENCE_SECONDS = 45;

  private final Thread thread;
  private final CountDownLatch done = new CountDownLatch(1);

  private EndOnSignal(Thread thread) {
    this.thread = thread;
  }

  /** On a signal the thread is interrupted, and the process waits until it is {@link #done}. */
  public static EndOnSignal of(Thread thread) {
    EndOnSignal end = new EndOnSignal(thread);
    Runtime.getRuntime().addShutdownHook(new Thread(end::interruptAndWait, "end-on-signal"));
    return end;
  }

  private void interruptAndWait() {
    if (done.getCount() == 0) {
      return;
    }
    thread.interrupt();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("Not everything could be closed; ending all the same");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is closed. */
  public void done() {
    done.countDown();
  }
}
