package io.afterimage.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The progress of a long task, as one line or one line per subject. On a terminal the lines are
 * overwritten; elsewhere they follow one another.
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
 * <p>A task that takes less than a second shows nothing.
 */
public final class ProgressLine {
  private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
  private static final Duration ELSEWHERE = Duration.ofSeconds(5);
  private static final String CLEAR_LINE = "\r\u001b[2K";
  private static final String LINE_UP = "\u001b[1A";

  private final PrintWriter out;
  private final int columns;
  private long lastNanos = System.nanoTime();

  /** Lines on the terminal that will be overwritten; the cursor is in the last. */
  private int open;

  /**
   * @param columns width of the terminal; 0 if there is none
   */
  public ProgressLine(PrintWriter out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /** A progress line on the terminal that the starting script detected, if any. */
  public static ProgressLine on(PrintWriter out) {
    return new ProgressLine(out, Integer.getInteger("afterimage.terminal.columns", 0));
  }

  /** Whether it is time for the next line. */
  public boolean isDue() {
    Duration interval = columns > 0 ? ON_TERMINAL : ELSEWHERE;
    return System.nanoTime() - lastNanos >= interval.toNanos();
  }

  public void show(String line) {
    show(List.of(line));
  }

  /** Shows one line per subject. */
  public void show(List<String> lines) {
    lastNanos = System.nanoTime();
    if (columns > 0) {
      erase();
      out.print(lines.stream().map(this::cut).collect(Collectors.joining("\n")));
      open = lines.size();
    } else {
      lines.forEach(out::println);
    }
    out.flush();
  }

  /** Cuts a line to the terminal's width: a wrapped line could not be overwritten. */
  private String cut(String line) {
    return line.substring(0, Math.min(line.length(), columns - 1));
  }

  private void erase() {
    if (open > 0) {
      out.print(CLEAR_LINE + (LINE_UP + CLEAR_LINE).repeat(open - 1));
      open = 0;
    }
  }

  /** Keeps the lines on the terminal; other output follows below them. */
  public void end() {
    if (open > 0) {
      out.println();
      out.flush();
      open = 0;
    }
  }

  /** Removes the lines from the terminal; other output replaces them. */
  public void clear() {
    erase();
    out.flush();
  }
}
