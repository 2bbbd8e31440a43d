package io.afterimage.terminal;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * How far something long has come: one line that is written over on a terminal, and line after line
 * where output goes elsewhere.
 *
 * <pre>{@code
 * ProgressLine progress = ProgressLine.on(err);
 * for (...) {
 *   if (progress.isDue()) {
 *     progress.show("%d of %d images".formatted(done, all));
 *   }
 * }
 * progress.clear();
 * }</pre>
 *
 * <p>What is done within a second shows nothing.
 */
public final class ProgressLine {
  private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
  private static final Duration ELSEWHERE = Duration.ofSeconds(5);
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintWriter out;
  private final int columns;
  private long lastNanos = System.nanoTime();
  private boolean open;

  /**
   * @param columns width of the terminal; 0 if there is none
   */
  public ProgressLine(PrintWriter out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /** On the terminal that the script which started this process found, if it found one. */
  public static ProgressLine on(PrintWriter out) {
    return new ProgressLine(out, Integer.getInteger("afterimage.terminal.columns", 0));
  }

  /** Whether it is time for the next line. */
  public boolean isDue() {
    Duration interval = columns > 0 ? ON_TERMINAL : ELSEWHERE;
    return System.nanoTime() - lastNanos >= interval.toNanos();
  }

  public void show(String line) {
    lastNanos = System.nanoTime();
    if (columns > 0) {
      out.print(CLEAR_LINE + line.substring(0, Math.min(line.length(), columns - 1)));
      open = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Leaves the line where it stands, so that something else can follow. */
  public void end() {
    if (open) {
      out.println();
      out.flush();
      open = false;
    }
  }

  /** Takes the line away from the terminal, so that something else can take its place. */
  public void clear() {
    if (open) {
      out.print(CLEAR_LINE);
      out.flush();
      open = false;
    }
  }
}
