package io.afterimage.local;

import io.afterimage.page.ProbeResult;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Evaluates each new snapshot once, on its own thread; while it is busy, newer ones wait. */
final class SnapshotJudge implements AutoCloseable {
  private final @Nullable HeldOutProbe probe;
  private final double untrainedAccuracy;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "probe"));
  private @Nullable Future<?> work;
  private @Nullable Path judged;
  private volatile double accuracy = Double.NaN;
  private final List<ProbeResult> results = new CopyOnWriteArrayList<>();

  /**
   * @param probe closed with this; null if snapshots cannot be evaluated
   */
  SnapshotJudge(@Nullable HeldOutProbe probe, double untrainedAccuracy) {
    this.probe = probe;
    this.untrainedAccuracy = untrainedAccuracy;
  }

  double untrainedAccuracy() {
    return untrainedAccuracy;
  }

  /** The accuracy of the snapshot evaluated last; NaN if there is none. */
  double accuracy() {
    return accuracy;
  }

  /** The accuracies of all evaluated snapshots, in the order of steps. */
  List<ProbeResult> results() {
    return results;
  }

  /** Starts to evaluate a snapshot if it is new and no other is being evaluated. */
  void consider(@Nullable Path snapshot) throws InterruptedException, ExecutionException {
    if (probe == null || snapshot == null || snapshot.equals(judged)) {
      return;
    }
    if (work != null) {
      if (!work.isDone()) {
        return;
      }
      work.get();
    }
    judged = snapshot;
    HeldOutProbe judging = probe;
    work = thread.submit(() -> judge(judging, snapshot));
  }

  private Void judge(HeldOutProbe judging, Path snapshot) throws IOException {
    try {
      EncoderSnapshot encoder = Snapshots.read(snapshot);
      accuracy = judging.accuracy(encoder);
      results.add(new ProbeResult(encoder.step(), accuracy));
    } catch (FileNotFoundException e) {
      // The job keeps only the newest snapshots; the next one will be evaluated.
    }
    return null;
  }

  /** Evaluates a snapshot and waits for the result. */
  void conclude(@Nullable Path snapshot) throws InterruptedException, ExecutionException {
    if (work != null) {
      work.get();
    }
    consider(snapshot);
    if (work != null) {
      work.get();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (probe != null) {
      probe.close();
    }
  }
}
