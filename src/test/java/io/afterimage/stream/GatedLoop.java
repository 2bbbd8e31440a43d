package io.afterimage.stream;

import io.afterimage.train.LearnerSettings;
import io.afterimage.train.MiniBatch;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The real learner, slowed down from some step on until a test opens the gate: so that something
 * can be done to the job half-way, however fast the machine is.
 */
final class GatedLoop implements TrainingLoop {
  private static final int HOLD_FROM_STEP = 20;
  private static final int PACE_MILLIS = 200;

  private static volatile boolean open;
  private static final List<Long> RESTORED_STEPS = new CopyOnWriteArrayList<>();

  private final LearnerLoop learner;
  private long submitted;

  GatedLoop(LearnerSettings settings) {
    learner = new LearnerLoop(settings);
  }

  /** Closes the gate and forgets what was restored. */
  static void shut() {
    open = false;
    RESTORED_STEPS.clear();
  }

  static void open() {
    open = true;
  }

  /** The steps after which learners were brought back since {@link #shut}. */
  static List<Long> restoredSteps() {
    return List.copyOf(RESTORED_STEPS);
  }

  @Override
  public List<StepReport> submit(MiniBatch batch) throws InterruptedException {
    if (submitted >= HOLD_FROM_STEP && !open) {
      Thread.sleep(PACE_MILLIS);
    }
    submitted++;
    return learner.submit(batch);
  }

  @Override
  public List<StepReport> drain() throws InterruptedException {
    return learner.drain();
  }

  @Override
  public long step() {
    return learner.step();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    learner.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    learner.read(in);
    submitted = learner.step();
    RESTORED_STEPS.add(submitted);
  }

  @Override
  public EncoderSnapshot snapshot() {
    return learner.snapshot();
  }

  @Override
  public void close() {
    learner.close();
  }
}
