package io.afterimage.local;

import java.io.PrintWriter;
import java.time.Duration;

/** One line that is written over on a terminal, and line after line where output goes elsewhere. */
final class ProgressLine {
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
  ProgressLine(PrintWriter out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /** Whether it is time for the next line. */
  boolean isDue() {
    Duration interval = columns > 0 ? ON_TERMINAL : ELSEWHERE;
    return System.nanoTime() - lastNanos >= interval.toNanos();
  }

  void show(String line) {
    lastNanos = System.nanoTime();
    if (columns > 0) {
      out.print(CLEAR_LINE + line.substring(0, Math.min(line.length(), columns - 1)));
      open = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Ends the line, so that something else can follow. */
  void end() {
    if (open) {
      out.println();
      out.flush();
      open = false;
    }
  }
}
