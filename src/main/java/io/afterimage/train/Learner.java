package io.afterimage.train;

import io.afterimage.train.encoder.Backend;
import io.afterimage.train.encoder.Encoder;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.ResNetS;
import io.afterimage.train.loss.DebiasedContrastiveLoss.Result;
import io.afterimage.train.negatives.NegativePairs;
import io.afterimage.train.negatives.NegativeStrategies;
import io.afterimage.train.negatives.NegativeStrategy;
import io.afterimage.train.negatives.NegativeWeights;
import io.afterimage.train.optimize.Optimizer;
import io.afterimage.train.prior.Observation;
import io.afterimage.train.prior.PriorEstimate;
import io.afterimage.train.prior.PriorEstimator;
import io.afterimage.train.prior.PriorEstimators;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Learns an encoder from mini-batches, one step at a time.
 *
 * <pre>{@code
 * try (Learner learner = new Learner(settings)) {
 *   StepReport report = learner.step(miniBatch);
 * }
 * }</pre>
 *
 * <p>A step is debiased contrastive learning (Chuang et al., NeurIPS 2020, arXiv:2007.00224) with a
 * prior that is estimated during training. B groups of K views make {@code (B*K)} anchors:
 *
 * <pre>
 *   forward   u = encoder(views)                          (B*K, D)
 *   prior     tau+ of each group, from z = u / |u|        (1) or (B)
 *   weights   w of each anchor's negatives, of mean 1     (B*K, B*K)
 *   loss      debiased contrastive loss of u, tau+, w     and dL/du (B*K, D)
 *   backward  dL/du to the gradient of all weights
 *   update    Adam, and normalization's running averages
 *   observe prior and negatives observe the mini-batch
 * </pre>
 *
 * <p>The same settings and the same mini-batches in the same order give bitwise identical weights,
 * even if {@link #write} and {@link #read} move the learner to another process, as long as both use
 * the same number of threads.
 *
 * <p>A step whose loss or gradient is not finite is skipped: it changes only the step number, and
 * with it the next draws of augmentation, and the count of consecutive skipped steps.
 *
 * <p>Legal order of calls: {@link #start} and {@link #read} only before the first {@link
 * #step(MiniBatch)}; {@link #close} last. {@link #prepare} may run while a step does. Otherwise not
 * thread-safe; calls from different threads must not overlap.
 */
public final class Learner implements AutoCloseable {
  private final LearnerSettings settings;
  private final Encoder encoder;
  private final Optimizer optimizer;
  private final ContrastiveObjective objective;
  private final PriorEstimator prior;
  private final @Nullable NegativeStrategy negatives;
  private final float[] projections; // (B*K, D): u
  private final float[] embeddings; // (B*K, D): z
  private final float[] similarities; // (B*K, B*K): z z'; empty where all negatives count alike
  private final float[] weights; // (B*K, B*K): w; empty where all negatives count alike
  private final float[] gradient; // (B*K, D): dL/du
  private final StepClock clock = new StepClock();
  private ViewPreparation preparation;
  private long seed;
  private long steps;
  private int skippedInARow;

  /**
   * A new learner: an encoder initialized from the seed, no moments, no observations.
   *
   * @throws IllegalStateException if the backend finds no device that it can compute on
   */
  public Learner(LearnerSettings settings) {
    this(
        settings,
        PriorEstimators.create(settings.prior()),
        NegativeStrategies.create(settings.negatives()));
  }

  /**
   * A new learner with the caller's estimator and strategy in place of those in the settings.
   *
   * @param negatives the weighting of negatives; null for equal weights
   * @throws IllegalStateException if the backend finds no device that it can compute on
   */
  public Learner(
      LearnerSettings settings, PriorEstimator prior, @Nullable NegativeStrategy negatives) {
    this(settings, newEncoder(settings), prior, negatives);
  }

  /**
   * A new learner that also takes the caller's encoder.
   *
   * @param encoder closed with the learner
   */
  public Learner(
      LearnerSettings settings,
      Encoder encoder,
      PriorEstimator prior,
      @Nullable NegativeStrategy negatives) {
    this.settings = settings;
    this.encoder = encoder;
    this.prior = prior;
    this.negatives = negatives;
    seed = settings.seed();
    optimizer = encoder.optimizer(settings.optimizer());
    objective = new ContrastiveObjective(settings);
    preparation = new ViewPreparation(settings, seed);
    int rows = settings.groups() * settings.views();
    projections = new float[rows * settings.encoder().embeddingSize()];
    embeddings = new float[projections.length];
    gradient = new float[projections.length];
    similarities = new float[negatives == null ? 0 : rows * rows];
    weights = new float[similarities.length];
  }

  static ResNetS newEncoder(LearnerSettings settings) {
    Backend.require();
    return ResNetS.forTraining(
        settings.encoder(), settings.groups() * settings.views(), settings.seed());
  }

  /**
   * One step.
   *
   * @throws IllegalArgumentException if the mini-batch is not of the shape in the settings
   * @throws IllegalStateException if this and as many steps before it as the settings allow had a
   *     loss or gradient that was not finite
   */
  public StepReport step(MiniBatch batch) {
    return step(prepare(batch, steps + 1));
  }

  /**
   * Augments the views of a mini-batch for a later step; may run concurrently with the preceding
   * step.
   *
   * @param step the number of that step; the step two before it must have ended
   * @throws IllegalArgumentException if the mini-batch is not of the shape in the settings
   */
  public PreparedBatch prepare(MiniBatch batch, long step) {
    return preparation.prepare(batch, step);
  }

  /**
   * One step from prepared views.
   *
   * @throws IllegalStateException if another step is next, or if this and as many steps before it
   *     as the settings allow had a loss or gradient that was not finite
   */
  public StepReport step(PreparedBatch views) {
    requireNext(views);
    MiniBatch batch = views.batch();
    long waiting = clock.lap();

    encoder.forward(views.pixels(), projections);
    long forward = clock.lap();

    UnitRows.of(projections, settings.encoder().embeddingSize(), embeddings);
    PriorEstimate estimate = prior.estimate();
    double[] tau = prior.groupPriors(embeddings, settings.views(), batch.cameras());

    objective.compare(projections);
    NegativePairs pairs = new NegativePairs(batch.groups(), settings.views(), similarities, tau);
    float[] w = weigh(pairs);

    Result loss = objective.evaluate(NegativeWeights.remainingPrior(tau, negatives), w, gradient);
    long losing = clock.lap();

    double norm = backward(loss);
    long backward = clock.lap();

    double rate = optimizer.learningRate();
    boolean skipped = !Double.isFinite(norm);
    if (!skipped) {
      optimizer.update(norm);
      encoder.updateAverages();
      observe(batch, pairs, w);
    }
    countStep(skipped, loss);
    long update = clock.lap();

    StepPhases phases =
        new StepPhases(waiting, 0, views.augmentingNanos(), forward, losing, backward, update);
    return report(batch, loss, estimate, norm, rate, skipped, phases);
  }

  private void requireNext(PreparedBatch views) {
    if (views.step() != steps + 1) {
      throw new IllegalStateException(
          "step %d was prepared, but step %d is next".formatted(views.step(), steps + 1));
    }
  }

  /** {@code (B*K, B*K)} the weight of each negative; null for equal weights. */
  private float @Nullable [] weigh(NegativePairs pairs) {
    if (negatives == null) {
      return null;
    }
    objective.readSimilarities(similarities);
    Arrays.fill(weights, 1);
    negatives.weigh(pairs, weights);
    NegativeWeights.scaleToMeanOne(weights, settings.views());
    return weights;
  }

  /** The norm of the gradient of all weights; not finite if the loss or a gradient is not. */
  private double backward(Result loss) {
    if (!Double.isFinite(loss.loss())) {
      return Double.NaN;
    }
    encoder.backward(gradient);
    return optimizer.gradientNorm();
  }

  private void observe(MiniBatch batch, NegativePairs pairs, float @Nullable [] w) {
    prior.observe(
        new Observation(
            embeddings,
            settings.views(),
            batch.cameras(),
            batch.captureTimesMillis(),
            w,
            batch.labels()));
    if (negatives != null) {
      negatives.observe(pairs);
    }
  }

  private void countStep(boolean skipped, Result loss) {
    steps++;
    skippedInARow = skipped ? skippedInARow + 1 : 0;
    if (skippedInARow > settings.maxSkippedSteps()) {
      throw new IllegalStateException(
          ("the loss or its gradient was not finite in %d steps in a row, the last of them step %d"
                  + " with loss %s; at most %d such steps are allowed: lower the learning rate or"
                  + " inspect the frames")
              .formatted(skippedInARow, steps, loss.loss(), settings.maxSkippedSteps()));
    }
  }

  private StepReport report(
      MiniBatch batch,
      Result loss,
      PriorEstimate estimate,
      double norm,
      double rate,
      boolean skipped,
      StepPhases phases) {
    PairSimilarities pairs = objective.pairSimilarities();
    int bins = settings.prior().bins();
    return new StepReport(
        steps,
        loss.loss(),
        estimate,
        loss.clampedFraction(),
        pairs.positiveMean(),
        pairs.negativeMean(),
        pairs.positiveHistogram(bins),
        pairs.negativeHistogram(bins),
        norm,
        pairs.spread(settings.groups() * settings.views()),
        rate,
        skipped,
        batch.framesSeen(),
        batch.groupsSeen(),
        batch.memoryFill(),
        batch.replayAgeMillis(),
        phases);
  }

  /** Steps so far, skipped ones included. */
  public long steps() {
    return steps;
  }

  /**
   * Sets the weights of a trained encoder as the start of step 1: the optimizer has no moments, the
   * prior no observations.
   *
   * @throws IllegalArgumentException if the encoder's settings differ from this learner's
   * @throws IllegalStateException if there was a step already
   */
  public void start(EncoderSnapshot snapshot) {
    if (steps > 0) {
      throw new IllegalStateException(
          "a learner can start from a snapshot only before its first step, not after " + steps);
    }
    snapshot.restore(encoder);
  }

  /** A copy of the current encoder. */
  public EncoderSnapshot snapshot() {
    return EncoderSnapshot.of(encoder, steps);
  }

  /** Writes the complete state, without the settings that may change. */
  public void write(DataOutput out) throws IOException {
    state().write(new LearnerState.Header(seed, skippedInARow, snapshot()), out);
  }

  /**
   * Continues from what {@link #write} wrote, with its seed.
   *
   * @throws OtherEncoderException if the stored encoder is not built as this learner's
   * @throws IOException if the form is of an unknown version or damaged
   */
  public void read(DataInput in) throws IOException {
    LearnerState.Header header = state().read(settings.encoder(), in);
    header.snapshot().restore(encoder);
    seed = header.seed();
    preparation = new ViewPreparation(settings, seed);
    steps = header.snapshot().step();
    skippedInARow = header.skippedInARow();
  }

  private LearnerState state() {
    return new LearnerState(
        optimizer,
        settings.prior().estimator().name(),
        prior,
        settings.negatives().reasons().toString(),
        negatives);
  }

  /** Frees all native memory. */
  @Override
  public void close() {
    objective.close();
    optimizer.close();
    encoder.close();
  }
}
