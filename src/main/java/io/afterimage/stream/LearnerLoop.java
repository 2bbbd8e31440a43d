package io.afterimage.stream;

import io.afterimage.train.Learner;
import io.afterimage.train.LearnerSettings;
import io.afterimage.train.MiniBatch;
import io.afterimage.train.StepPipeline;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** The learner of the job: one mini-batch is made ready while another is learned from. */
final class LearnerLoop implements TrainingLoop {
  private final Learner learner;
  private final StepPipeline pipeline;

  LearnerLoop(LearnerSettings settings) {
    learner = new Learner(settings);
    pipeline = new StepPipeline(learner);
  }

  @Override
  public List<StepReport> submit(MiniBatch batch) throws InterruptedException {
    return pipeline.submit(batch);
  }

  @Override
  public List<StepReport> drain() throws InterruptedException {
    return pipeline.drain();
  }

  @Override
  public long step() {
    return learner.steps();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    learner.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    learner.read(in);
  }

  @Override
  public void start(EncoderSnapshot snapshot) {
    learner.start(snapshot);
  }

  @Override
  public EncoderSnapshot snapshot() {
    return learner.snapshot();
  }

  @Override
  public void close() {
    // A cancelled task is interrupted; the step under way must still end before its memory goes.
    boolean interrupted = Thread.interrupted();
    try {
      pipeline.close();
      learner.close();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
