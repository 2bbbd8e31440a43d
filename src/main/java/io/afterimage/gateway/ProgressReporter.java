package io.afterimage.gateway;

import io.afterimage.terminal.Escapes;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A line per camera: rewritten in place on a terminal, one after another otherwise. {@link #close}
 * reports a last time.
 */
public final class ProgressReporter implements AutoCloseable {
  private static final String LINE_UP_AND_CLEAR = "\u001b[1A\u001b[2K";

  private final Supplier<List<CameraStatus>> cameras;
  private final PrintStream out;
  private final boolean terminal;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  private Map<String, CameraStatus> last = new HashMap<>();
  private long lastNanos = System.nanoTime();
  private int linesToRewrite;

  public ProgressReporter(Supplier<List<CameraStatus>> cameras, PrintStream out, boolean terminal) {
    this.cameras = cameras;
    this.out = out;
    this.terminal = terminal;
  }

  /** Begins to report. */
  public void reportEvery(long seconds) {
    timer.scheduleAtFixedRate(this::report, seconds, seconds, TimeUnit.SECONDS);
  }

  /** Prints where every camera stands, with rates since the last report. */
  synchronized void report() {
    long now = System.nanoTime();
    double seconds = Math.max(1e-3, (now - lastNanos) / 1e9);
    StringBuilder text = new StringBuilder();
    if (terminal) {
      text.append(LINE_UP_AND_CLEAR.repeat(linesToRewrite));
    }
    Map<String, CameraStatus> current = new HashMap<>();
    List<CameraStatus> statuses = cameras.get();
    for (CameraStatus camera : statuses) {
      current.put(camera.camera(), camera);
      text.append(line(camera, last.get(camera.camera()), seconds)).append('\n');
    }
    out.print(text);
    out.flush();
    last = current;
    lastNanos = now;
    linesToRewrite = statuses.size();
  }

  private static String line(CameraStatus camera, CameraStatus before, double seconds) {
    long frames = camera.published() - (before == null ? 0 : before.published());
    long bytes = camera.bytes() - (before == null ? 0 : before.bytes());
    String line =
        String.format(
            Locale.ROOT,
            "%-16s %-10s %9d read %9d published %7.1f frames/s %8.1f KB/s",
            Escapes.shown(camera.camera()),
            camera.state().name().toLowerCase(Locale.ROOT),
            camera.read(),
            camera.published(),
            frames / seconds,
            bytes / 1e3 / seconds);
    if (camera.failed() > 0) {
      line += "  %d failed".formatted(camera.failed());
    }
    if (camera.reconnects() > 0) {
      line += "  %d times away".formatted(camera.reconnects());
    }
    if (camera.state() != CameraStatus.State.CONNECTED && camera.problem() != null) {
      line += "  (" + Escapes.shown(camera.problem()) + ")";
    }
    return line;
  }

  @Override
  public void close() {
    timer.shutdown();
    report();
  }
}
