package io.afterimage.stream;

import io.afterimage.train.Learner;
import io.afterimage.train.LearnerSettings;
import io.afterimage.train.negatives.NegativeStrategies;
import io.afterimage.train.prior.Observation;
import io.afterimage.train.prior.PriorEstimate;
import io.afterimage.train.prior.PriorEstimator;
import io.afterimage.train.prior.PriorEstimators;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The real learner, slowed down from some step on until a test opens the gate: so that something
 * can be done to the job half-way, however fast the machine is.
 */
final class GatedLearner {
  private static final int HOLD_FROM_STEP = 20;
  private static final int PACE_MILLIS = 200;

  private static volatile boolean open;
  private static final List<Long> RESTORED_STEPS = new CopyOnWriteArrayList<>();

  private GatedLearner() {}

  static Learner create(LearnerSettings settings) {
    return new Learner(
        settings,
        new GatedPrior(PriorEstimators.create(settings.prior())),
        NegativeStrategies.create(settings.negatives()));
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

  /** Counts the steps that it observed, and holds them up. */
  private static final class GatedPrior implements PriorEstimator {
    private final PriorEstimator prior;
    private long steps;

    GatedPrior(PriorEstimator prior) {
      this.prior = prior;
    }

    @Override
    public void observe(Observation observation) {
      prior.observe(observation);
      steps++;
    }

    @Override
    public PriorEstimate estimate() {
      if (steps >= HOLD_FROM_STEP && !open) {
        try {
          Thread.sleep(PACE_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return prior.estimate();
    }

    @Override
    public double[] groupPriors(float[] embeddings, int views, List<String> cameras) {
      return prior.groupPriors(embeddings, views, cameras);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeLong(steps);
      prior.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      steps = in.readLong();
      prior.read(in);
      RESTORED_STEPS.add(steps);
    }
  }
}
