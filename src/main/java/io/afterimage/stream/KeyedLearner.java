package io.afterimage.stream;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.stream.metric.BatchMetrics;
import io.afterimage.train.BatchComposer;
import io.afterimage.train.Learner;
import io.afterimage.train.MiniBatch;
import io.afterimage.train.PreparedBatch;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One learner of the job: composes mini-batches from groups, runs training steps, and emits reports
 * and snapshots.
 *
 * <p>A step runs on its own thread while the next mini-batch is composed and augmented. The weights
 * are the same as with sequential steps.
 *
 * <p>Legal order of calls: {@link #start} and {@link #read} only before the first {@link #accept};
 * {@link #write} only right after {@link #drain}; {@link #close} last.
 */
final class KeyedLearner implements AutoCloseable {
  private final BatchComposer composer;
  private final Learner learner; // touched only while no step is under way, save to prepare
  private final TaskQueue<StepReport> stepsUnderWay = new TaskQueue<>("learner-step");
  private final BatchMetrics batchMetrics;
  private final SnapshotSchedule snapshots;
  private final @Nullable EncoderRefresh refresh;
  private final Consumer<StepReport> reports;
  private final long maxSteps;
  private final Deque<Long> batchingNanos = new ArrayDeque<>(); // of the steps under way
  private long composingNanos; // for the next mini-batch, so far
  private long submitted;

  /**
   * @param learner closed with this
   * @param refresh sends the newest encoder to the embedding operators; null without them
   * @param reports receives each step's report once, in order
   * @param maxSteps steps after which groups are skipped; 0 for no limit
   */
  KeyedLearner(
      BatchComposer composer,
      Learner learner,
      BatchMetrics batchMetrics,
      SnapshotSchedule snapshots,
      @Nullable EncoderRefresh refresh,
      Consumer<StepReport> reports,
      long maxSteps) {
    this.composer = composer;
    this.learner = learner;
    this.batchMetrics = batchMetrics;
    this.snapshots = snapshots;
    this.refresh = refresh;
    this.reports = reports;
    this.maxSteps = maxSteps;
  }

  /** Adds a group, and starts the steps that are now due. */
  void accept(PositiveGroup group) throws InterruptedException {
    if (isAtItsEnd()) {
      return;
    }
    long start = System.nanoTime();
    List<MiniBatch> batches = composer.accept(group);
    composingNanos += System.nanoTime() - start;
    for (MiniBatch batch : batches) {
      batchMetrics.observe(batch);
      submit(batch, composingNanos / batches.size());
      if (isAtItsEnd()) {
        drain();
      }
      if (snapshots.isDue(submitted) || isAtItsEnd() && snapshots.isDueAtTheEnd(submitted)) {
        drain();
        snapshots.write(learner.snapshot());
      }
      if (refresh != null
          && (refresh.isDue(submitted) || isAtItsEnd() && refresh.isDueAtTheEnd(submitted))) {
        emitEncoder(refresh);
      }
      if (isAtItsEnd()) {
        return;
      }
    }
    if (!batches.isEmpty()) {
      composingNanos = 0;
    }
  }

  private void submit(MiniBatch batch, long batching) throws InterruptedException {
    report(stepsUnderWay.awaitRoom());
    PreparedBatch views = learner.prepare(batch, submitted + 1);
    stepsUnderWay.submit(() -> learner.step(views));
    submitted++;
    batchingNanos.add(batching);
  }

  /** Sends out the encoder that the learner starts or continues with. */
  void begin() throws InterruptedException {
    if (refresh != null) {
      emitEncoder(refresh);
    }
  }

  private void emitEncoder(EncoderRefresh to) throws InterruptedException {
    drain();
    to.emit(learner.snapshot());
  }

  private boolean isAtItsEnd() {
    return maxSteps > 0 && submitted >= maxSteps;
  }

  /** Waits for the running steps, and reports them. */
  void drain() throws InterruptedException {
    report(stepsUnderWay.drain());
  }

  /**
   * Drains, sends out the last encoder, and writes a snapshot of it if there was a step since the
   * previous one.
   *
   * @throws IOException if that snapshot could not be written
   */
  void end() throws InterruptedException, IOException {
    drain();
    if (refresh != null && refresh.isDueAtTheEnd(submitted)) {
      emitEncoder(refresh);
    }
    if (snapshots.isDueAtTheEnd(submitted)) {
      snapshots.writeLast(learner.snapshot());
    }
  }

  private void report(List<StepReport> finished) {
    for (StepReport each : finished) {
      StepReport report = each.withPhases(each.phases().withBatching(batchingNanos.remove()));
      snapshots.observe(report);
      reports.accept(report);
    }
  }

  /** The number of the last step. */
  long step() {
    return submitted;
  }

  void writeLearner(DataOutput out) throws IOException {
    learner.write(out);
  }

  void writeComposer(DataOutput out) throws IOException {
    composer.write(out);
  }

  /** Starts with the weights of a trained encoder; its step number does not count. */
  void start(EncoderSnapshot snapshot) {
    learner.start(snapshot);
  }

  /** Continues from stored state. */
  void read(DataInput learnerState, DataInput composerState) throws IOException {
    learner.read(learnerState);
    composer.read(composerState);
    submitted = learner.steps();
  }

  @Override
  public void close() {
    stepsUnderWay.close();
    learner.close();
  }
}
