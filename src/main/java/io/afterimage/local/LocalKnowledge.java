package io.afterimage.local;

import io.afterimage.lab.simulation.SimulatedCamera;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.page.FrameEmbedder;
import io.afterimage.page.ProbeResult;
import io.afterimage.page.RunKnowledge;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A local run's facts for the page: classes of simulated frames, accuracies of its encoders. */
final class LocalKnowledge implements RunKnowledge, AutoCloseable {
  private volatile @Nullable SnapshotJudge judge;
  private final long startMillis;
  private final UntrainedEncoder untrained;
  private final @Nullable Double classPrior;

  /** Guarded by itself, since a camera is used by one thread at a time. */
  private final Map<String, SimulatedCamera> cameras = new LinkedHashMap<>();

  /**
   * @param playing the simulated cameras; null if there are real ones
   * @param start capture time of the first frames
   * @param untrained the untrained encoder; closed with this
   */
  LocalKnowledge(@Nullable Simulation playing, Instant start, UntrainedEncoder untrained) {
    this.untrained = untrained;
    this.startMillis = start.toEpochMilli();
    if (playing == null) {
      classPrior = null;
    } else {
      classPrior = playing.truePrior();
      // Separate instances, since another thread uses the playing cameras.
      for (SimulatedCamera camera : Simulation.procedural(playing.settings()).cameras()) {
        cameras.put(camera.id(), camera);
      }
    }
  }

  /** Sets the source of probe results, once it exists. */
  void judgedBy(SnapshotJudge newJudge) {
    judge = newJudge;
  }

  @Override
  public @Nullable Double classPrior() {
    return classPrior;
  }

  @Override
  public OptionalInt objectClass(String camera, long captureMillis) {
    synchronized (cameras) {
      SimulatedCamera known = cameras.get(camera);
      long time = captureMillis - startMillis;
      return known == null || time < 0
          ? OptionalInt.empty()
          : OptionalInt.of(known.truth(time).objectClass());
    }
  }

  @Override
  public @Nullable Double untrainedAccuracy() {
    SnapshotJudge known = judge;
    return known == null || Double.isNaN(known.untrainedAccuracy())
        ? null
        : known.untrainedAccuracy();
  }

  @Override
  public List<ProbeResult> probes() {
    SnapshotJudge known = judge;
    return known == null ? List.of() : known.results();
  }

  @Override
  public @Nullable FrameEmbedder untrained() {
    return untrained;
  }

  @Override
  public void close() {
    untrained.close();
  }
}
