package io.afterimage.job.model;

import java.io.PrintWriter;

/**
 * How far something long has come: one line that is written over on a terminal, a plain line every
 * ten seconds elsewhere, and nothing for what is done in a second.
 */
final class Progress implements AutoCloseable {
  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final long PLAIN_NANOS = 10_000_000_000L;
  private static final long TERMINAL_NANOS = 200_000_000L;

  private final String unit;
  private final int total;
  private final PrintWriter out;
  private final boolean terminal = System.console() != null;
  private long next = System.nanoTime() + FIRST_NANOS;
  private boolean shown;

  Progress(String unit, int total, PrintWriter out) {
    this.unit = unit;
    this.total = total;
    this.out = out;
  }

  void at(int done) {
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    next = now + (terminal ? TERMINAL_NANOS : PLAIN_NANOS);
    String line = "%,d of %,d %s".formatted(done, total, unit);
    if (terminal) {
      out.print("\r\033[K" + line);
      out.flush();
      shown = true;
    } else {
      out.println(line);
    }
  }

  /** Makes room for another line. */
  void clear() {
    if (shown) {
      out.print("\r\033[K");
      out.flush();
      shown = false;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
