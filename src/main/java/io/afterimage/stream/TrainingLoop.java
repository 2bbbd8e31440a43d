package io.afterimage.stream;

import io.afterimage.train.LearnerSettings;
import io.afterimage.train.MiniBatch;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * A learner as its operator sees it: mini-batches go in, reports come out later, in order.
 *
 * <p>Legal order of calls: {@link #start} and {@link #read} only before the first {@link #submit};
 * {@link #write} and {@link #snapshot} only right after a {@link #drain}; {@link #close} last. All
 * from one thread.
 */
interface TrainingLoop extends AutoCloseable {
  /** Makes a learner where the operator runs. */
  @FunctionalInterface
  interface Factory extends Serializable {
    TrainingLoop create(LearnerSettings settings);
  }

  /**
   * Hands in the next mini-batch; waits while too many are under way.
   *
   * @return the reports that are there by now, in the order of their steps
   */
  List<StepReport> submit(MiniBatch batch) throws InterruptedException;

  /** Waits for every step that was handed in, and gives their reports. */
  List<StepReport> drain() throws InterruptedException;

  /** The number of the last finished step; 0 before the first. */
  long step();

  /** Writes all that later steps depend on. */
  void write(DataOutput out) throws IOException;

  /**
   * Continues from what {@link #write} wrote.
   *
   * @throws io.afterimage.train.IncompatibleEncoderException if it was written by another encoder
   */
  void read(DataInput in) throws IOException;

  /**
   * Begins with the weights of an encoder of the same settings.
   *
   * @throws UnsupportedOperationException if this learner has no encoder
   */
  default void start(EncoderSnapshot snapshot) {
    throw new UnsupportedOperationException("this learner cannot begin from a snapshot");
  }

  /** The encoder as the last finished step left it. */
  EncoderSnapshot snapshot();

  @Override
  void close();
}
