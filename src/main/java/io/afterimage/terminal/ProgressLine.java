package io.afterimage.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How far something long has come: one line, or one of each of several things, that is written over
 * on a terminal, and line after line where output goes elsewhere.
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
  private static final String LINE_UP = "\u001b[1A";

  private final PrintWriter out;
  private final int columns;
  private long lastNanos = System.nanoTime();

  /** Lines that stand on the terminal and will be written over; the cursor is in the last. */
  private int open;

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
    show(List.of(line));
  }

  /** Shows a line of each of several things. */
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

  /** A line that wraps would take two, of which one stays. */
  private String cut(String line) {
    return line.substring(0, Math.min(line.length(), columns - 1));
  }

  private void erase() {
    if (open > 0) {
      out.print(CLEAR_LINE + (LINE_UP + CLEAR_LINE).repeat(open - 1));
      open = 0;
    }
  }

  /** Leaves the lines where they stand, so that something else can follow. */
  public void end() {
    if (open > 0) {
      out.println();
      out.flush();
      open = 0;
    }
  }

  /** Takes the lines away from the terminal, so that something else can take their place. */
  public void clear() {
    erase();
    out.flush();
  }
}
