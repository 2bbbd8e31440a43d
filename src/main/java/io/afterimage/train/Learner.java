package io.afterimage.train;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.encoder.Backend;
import io.afterimage.train.encoder.Encoder;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.ResNetS;
import io.afterimage.train.loss.DebiasedContrastiveLoss.Result;
import io.afterimage.train.loss.NegativeWeights;
import io.afterimage.train.negatives.NegativePairs;
import io.afterimage.train.negatives.NegativeStrategies;
import io.afterimage.train.negatives.NegativeStrategy;
import io.afterimage.train.optimize.Optimizer;
import io.afterimage.train.prior.Observation;
import io.afterimage.train.prior.PriorEstimate;
import io.afterimage.train.prior.PriorEstimator;
import io.afterimage.train.prior.PriorEstimators;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
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
 * <p>The same settings and the same mini-batches in the same order give the same weights to the
 * bit, also when {@link #write} and {@link #read} carry the learner from one process to another, as
 * long as both use the same number of threads.
 *
 * <p>A step whose loss or gradient is not finite changes nothing but the number of the step.
 *
 * <p>Legal order of calls: {@link #start} and {@link #read} only before the first {@link #step};
 * {@link #close} last. Not thread-safe, though calls may come from different threads one after the
 * other.
 */
public final class Learner implements AutoCloseable {
  private final LearnerSettings settings;
  private final Encoder encoder;
  private final Optimizer optimizer;
  private final ContrastiveObjective objective;
  private final PriorEstimator prior;
  private final @Nullable NegativeStrategy negatives;
  private ViewPreparation preparation;
  private final PreparedBatch room;
  private final float[] projections; // (B*K, D)
  private final float[] embeddings; // (B*K, D), each row of length 1
  private final float[] gradient; // (B*K, D)
  private float @Nullable [] weighed; // (B*K, B*K) of the last mini-batch's negatives
  private long seed;
  private long steps;
  private int skippedInARow;
  private long idleSince = System.nanoTime();

  /**
   * A learner at its start: an encoder drawn from the seed, no moments, no observations.
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
   * A learner at its start with an estimator and a strategy of the caller's, which take the place
   * of those in the settings.
   *
   * @param negatives which negatives count how much; null counts all alike
   * @throws IllegalStateException if the backend finds no device that it can compute on
   */
  public Learner(
      LearnerSettings settings, PriorEstimator prior, @Nullable NegativeStrategy negatives) {
    this(settings, newEncoder(settings), prior, negatives);
  }

  /**
   * @param encoder is closed with the learner
   */
  Learner(
      LearnerSettings settings,
      Encoder encoder,
      PriorEstimator prior,
      @Nullable NegativeStrategy negatives) {
    this.settings = settings;
    this.negatives = negatives;
    seed = settings.seed();
    this.encoder = encoder;
    optimizer = encoder.optimizer(settings.optimizer());
    objective = new ContrastiveObjective(settings);
    this.prior = prior;
    preparation = new ViewPreparation(settings, seed);
    room = preparation.room();
    projections = new float[encoder.frames() * settings.encoder().embeddingSize()];
    embeddings = new float[projections.length];
    gradient = new float[projections.length];
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
    prepare(batch, steps + 1, room);
    return step(room);
  }

  /** Room for a mini-batch that is made ready while another one is learned from. */
  PreparedBatch room() {
    return preparation.room();
  }

  /** Makes a mini-batch ready for a step to come; may run while another step does. */
  void prepare(MiniBatch batch, long step, PreparedBatch prepared) {
    preparation.prepare(batch, step, prepared);
  }

  /** One step from a mini-batch that was made ready for it. */
  StepReport step(PreparedBatch prepared) {
    if (prepared.step() != steps + 1) {
      throw new IllegalStateException(
          "step %d was prepared, but step %d is next".formatted(prepared.step(), steps + 1));
    }
    long start = System.nanoTime();
    PriorEstimate estimate = prior.estimate();
    double rate = optimizer.learningRate();
    encoder.forward(prepared.pixels(), projections);
    long forward = System.nanoTime();
    Result result =
        objective.evaluate(
            projections, priors(prepared.batch()), weights(prepared.batch()), gradient);
    long loss = System.nanoTime();
    double norm = Double.NaN;
    if (Double.isFinite(result.loss())) {
      encoder.backward(gradient);
      norm = optimizer.gradientNorm();
    }
    long backward = System.nanoTime();
    boolean skipped = !Double.isFinite(norm);
    if (!skipped) {
      optimizer.update(norm);
      prior.observe(observation(prepared.batch()));
    }
    steps++;
    skippedInARow = skipped ? skippedInARow + 1 : 0;
    long end = System.nanoTime();
    StepPhases phases =
        new StepPhases(
            Math.max(0, start - idleSince),
            0,
            prepared.augmentingNanos(),
            forward - start,
            loss - forward,
            backward - loss,
            end - backward);
    idleSince = end;
    if (skippedInARow > settings.maxSkippedSteps()) {
      throw new IllegalStateException(
          ("the loss or its gradient was not finite in %d steps in a row, the last of them step %d"
                  + " with loss %s; at most %d such steps are allowed: lower the learning rate or"
                  + " look at the frames")
              .formatted(skippedInARow, steps, result.loss(), settings.maxSkippedSteps()));
    }
    return report(prepared.batch(), result, estimate, norm, rate, skipped, phases);
  }

  private double[] priors(MiniBatch batch) {
    Similarities.normalize(projections, settings.encoder().embeddingSize(), embeddings);
    return prior.groupPriors(embeddings, settings.views(), cameras(batch));
  }

  private static List<String> cameras(MiniBatch batch) {
    return batch.groups().stream().map(PositiveGroup::camera).toList();
  }

  private Observation observation(MiniBatch batch) {
    return new Observation(
        embeddings,
        settings.views(),
        cameras(batch),
        batch.groups().stream().mapToLong(PositiveGroup::lastCaptureTimeMillis).toArray(),
        weighed,
        batch.groups().stream().<@Nullable String>map(PositiveGroup::label).toList());
  }

  private @Nullable NegativeWeights weights(MiniBatch batch) {
    NegativeStrategy strategy = negatives;
    return strategy == null
        ? null
        : (similarities, weights, tau) -> {
          strategy.weigh(
              new NegativePairs(batch.groups(), settings.views(), similarities), weights, tau);
          weighed = weights;
        };
  }

  private StepReport report(
      MiniBatch batch,
      Result result,
      PriorEstimate estimate,
      double norm,
      double rate,
      boolean skipped,
      StepPhases phases) {
    float[] positive = objective.positive();
    float[] negative = objective.negative();
    int bins = settings.prior().bins();
    return new StepReport(
        steps,
        result.loss(),
        estimate,
        result.clampedFraction(),
        Similarities.mean(positive),
        Similarities.mean(negative),
        Similarities.histogram(positive, bins),
        Similarities.histogram(negative, bins),
        norm,
        Similarities.spread(settings.groups() * settings.views(), positive, negative),
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
   * Begins with the weights of an encoder that was learned before, as the start of step 1: the
   * optimizer has no moments, the prior no observations.
   *
   * @throws IllegalArgumentException if the encoder's settings are not those of this learner
   * @throws IllegalStateException if there was a step already
   */
  public void start(EncoderSnapshot snapshot) {
    if (steps > 0) {
      throw new IllegalStateException(
          "a learner begins from a snapshot before its first step, not after " + steps);
    }
    snapshot.restore(encoder);
  }

  /** A copy of the encoder as it is now. */
  public EncoderSnapshot snapshot() {
    return EncoderSnapshot.of(encoder, steps);
  }

  /** Writes all that later steps depend on, save the settings that may change. */
  public void write(DataOutput out) throws IOException {
    LearnerState.write(
        new LearnerState.Header(seed, skippedInARow, snapshot()),
        optimizer,
        settings.prior().estimator().name(),
        prior,
        settings.negatives().reasons().toString(),
        negatives,
        out);
  }

  /**
   * Continues from what {@link #write} wrote, with its seed.
   *
   * @throws IncompatibleEncoderException if the stored encoder is not the one that was set, naming
   *     option, stored and given value
   * @throws IOException if the form is of an unknown version or damaged
   */
  public void read(DataInput in) throws IOException {
    LearnerState.Header header =
        LearnerState.read(
            settings.encoder(),
            optimizer,
            settings.prior().estimator().name(),
            prior,
            settings.negatives().reasons().toString(),
            negatives,
            in);
    header.snapshot().restore(encoder);
    seed = header.seed();
    preparation = new ViewPreparation(settings, seed);
    steps = header.snapshot().step();
    skippedInARow = header.skippedInARow();
  }

  /** Gives all native memory back. */
  @Override
  public void close() {
    objective.close();
    optimizer.close();
    encoder.close();
  }
}
