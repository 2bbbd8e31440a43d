package io.afterimage.gateway;

import io.afterimage.terminal.Escapes;
import io.afterimage.terminal.ProgressLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows one line per camera at intervals; {@link #close} shows them a last time. */
public final class ProgressReporter implements AutoCloseable {
  private final Supplier<List<CameraStatus>> cameras;
  private final ProgressLine out;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  private Map<String, CameraStatus> last = new HashMap<>();
  private long lastNanos = System.nanoTime();

  public ProgressReporter(Supplier<List<CameraStatus>> cameras, ProgressLine out) {
    this.cameras = cameras;
    this.out = out;
  }

  /** Starts to report. */
  public void reportEvery(long seconds) {
    timer.scheduleAtFixedRate(this::report, seconds, seconds, TimeUnit.SECONDS);
  }

  /** Prints the status of every camera, with rates since the last report. */
  synchronized void report() {
    long now = System.nanoTime();
    double seconds = Math.max(1e-3, (now - lastNanos) / 1e9);
    Map<String, CameraStatus> current = new HashMap<>();
    List<String> lines = new ArrayList<>();
    for (CameraStatus camera : cameras.get()) {
      current.put(camera.camera(), camera);
      lines.add(line(camera, last.get(camera.camera()), seconds));
    }
    out.show(lines);
    last = current;
    lastNanos = now;
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
    out.end();
  }
}
