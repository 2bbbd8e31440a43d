package io.afterimage.lab.evaluation;

import io.afterimage.lab.evaluation.LabelledStream.Truth;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.pairing.PairingSettings;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.random.SplitMix64;
import io.afterimage.train.BatchComposer;
import io.afterimage.train.BatchSettings;
import io.afterimage.train.Learner;
import io.afterimage.train.LearnerSettings;
import io.afterimage.train.MiniBatch;
import io.afterimage.train.StepReport;
import io.afterimage.train.augment.AugmentationSettings;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.ResNetS;
import io.afterimage.train.memory.ArrayGroupStore;
import io.afterimage.train.memory.MemorySettings;
import io.afterimage.train.negatives.NegativeStrategies;
import io.afterimage.train.negatives.NegativeStrategy;
import io.afterimage.train.optimize.OptimizerSettings;
import io.afterimage.train.prior.Observation;
import io.afterimage.train.prior.PriorSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One method on one stream from one seed, through the job's own classes. */
final class Trial {
  private static final long BATCH_DRAW = 1;
  private static final double FIXED_FALLBACK = 0.05;

  private final Method method;
  private final LabelledStream stream;
  private final ProbeScenes scenes;
  private final Scale scale;
  private final long seed;
  private final double truePrior;

  /**
   * @param truePrior the true class prior, for the methods that are given it
   */
  Trial(
      Method method,
      LabelledStream stream,
      ProbeScenes scenes,
      Scale scale,
      double truePrior,
      long seed) {
    this.method = method;
    this.stream = stream;
    this.scenes = scenes;
    this.scale = scale;
    this.truePrior = truePrior;
    this.seed = seed;
  }

  /** The job's default settings of pairing. */
  static PairingSettings pairing(int views, long seed) {
    return new PairingSettings(
        views,
        Duration.ofMillis(200),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofMillis(500),
        0.25,
        0.005,
        seed);
  }

  /** Most groups that a run takes from its stream. */
  static int groupsNeeded(Scale scale) {
    return scale.steps() * scale.freshGroups() + 2 * scale.groups();
  }

  /**
   * Takes all steps.
   *
   * @param streamName name of the stream in the tables
   * @return with measurements and estimations, the last of them after the last step
   */
  Outcome run(String streamName) throws InterruptedException {
    List<Measurement> measurements = new ArrayList<>();
    List<Estimation> estimations = new ArrayList<>();
    LearnerSettings settings = learnerSettings();
    WatchedPriors priors = new WatchedPriors(settings.prior());
    try (Learner learner = new Learner(settings, priors, negatives(settings));
        SnapshotEncoder encoder = new SnapshotEncoder(learner.snapshot())) {
      Means means = new Means();
      if (method.truth() == Method.Truth.UNTRAINED) {
        measurements.add(measure(learner, encoder, means, scale.steps()));
        return new Outcome(streamName, method.name(), seed, measurements, estimations);
      }
      Batches batches = batches();
      for (int step = 1; step <= scale.steps(); step++) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        MiniBatch batch = batches.next();
        means.add(learner.step(batch), batch, priors.latest());
        if (step % scale.measureEvery() == 0 || step == scale.steps()) {
          measurements.add(measure(learner, encoder, means, step));
          estimations.addAll(means.estimations(step, priors, batch.groups().get(0)));
          means = new Means();
        }
      }
    }
    return new Outcome(streamName, method.name(), seed, measurements, estimations);
  }

  private Measurement measure(Learner learner, SnapshotEncoder encoder, Means means, int step) {
    encoder.load(learner.snapshot());
    return means.measurement(step, scenes.judge(encoder));
  }

  private @Nullable NegativeStrategy negatives(LearnerSettings settings) {
    NegativeStrategy own = NegativeStrategies.create(settings.negatives());
    return switch (method.truth()) {
      case CLASSES ->
          new OracleNegatives(
              (a, b) -> stream.truth(a).objectClass() == stream.truth(b).objectClass(), own);
      case OBJECTS ->
          new OracleNegatives((a, b) -> stream.truth(a).object() == stream.truth(b).object(), own);
      default -> own;
    };
  }

  private int groups() {
    return scale.groups() * 2 / method.views();
  }

  private LearnerSettings learnerSettings() {
    double fixed =
        switch (method.prior()) {
          case ZERO -> 0;
          case TRUE_CLASS_PRIOR -> truePrior;
          case CONTRAST, PROTOTYPES, LABELS -> FIXED_FALLBACK;
        };
    return new LearnerSettings(
        new EncoderSettings(
            ResNetS.NAME,
            scale.width(),
            1,
            scale.embeddingSize(),
            scale.normalization(),
            scale.frameSize()),
        groups(),
        method.views(),
        method.temperature(),
        new PriorSettings(method.prior().estimator(), fixed, 0, 0.95, 100, 50, 100),
        method.negatives(),
        new OptimizerSettings(2e-3, 30, 0.9, 0.999, 1e-8, 1e-4, 1),
        new AugmentationSettings(0.7, 0.5, 0.2, 0.2, 0.2, 0.05, 0.2, 0),
        10,
        seed);
  }

  private interface Batches {
    MiniBatch next();
  }

  private Batches batches() {
    return method.truth() == Method.Truth.WHOLE_STREAM ? shuffled() : composed();
  }

  private Batches shuffled() {
    SplitMix64 random = new SplitMix64(SplitMix64.mix(seed));
    int seen = Math.min(stream.groups().size(), scale.steps() * scale.freshGroups());
    long[] taken = new long[1];
    return () -> {
      List<PositiveGroup> drawn = new ArrayList<>();
      for (int i = 0; i < groups(); i++) {
        drawn.add(stream.groups().get(random.nextInt(seen)));
      }
      taken[0] += groups();
      return new MiniBatch(drawn, drawn.size(), taken[0], taken[0], Double.NaN, 1);
    };
  }

  private Batches composed() {
    boolean remembers = method.replay() != Method.Replay.NOTHING;
    int fresh = remembers ? scale.freshGroups() * 2 / method.views() : groups();
    int capacity = remembers ? scale.memory() : 0;
    // Without a memory the fresh groups are repeated, to give every step the same number of groups.
    int again = remembers ? 1 : groups() / scale.freshGroups();
    BatchSettings batch = new BatchSettings(groups(), fresh, again, method.cameras());
    MemorySettings memory = new MemorySettings(capacity, method.replay().eviction());
    BatchComposer composer =
        new BatchComposer(
            batch,
            memory,
            new ArrayGroupStore(BatchComposer.slots(batch, memory)),
            SplitMix64.mix(seed + BATCH_DRAW));
    return new Batches() {
      private final Deque<MiniBatch> due = new ArrayDeque<>();
      private int position;

      @Override
      public MiniBatch next() {
        while (due.isEmpty()) {
          due.addAll(composer.accept(stream.groups().get(position++)));
        }
        return due.remove();
      }
    };
  }

  /** Sums since the last measurement. */
  private final class Means {
    private int steps;
    private int identified;
    private double loss;
    private double prior;
    private double clamped;
    private double spread;
    private double sameClass;
    private double sameObject;

    void add(StepReport report, MiniBatch batch, Observation observation) {
      steps++;
      identified += report.prior().identified() ? 1 : 0;
      loss += report.loss();
      prior += report.prior().value();
      clamped += report.clampedFraction();
      spread += report.embeddingSpread();
      List<PositiveGroup> groups = batch.groups();
      double classPairs = 0;
      for (int a = 0; a < groups.size(); a++) {
        Truth anchor = stream.truth(groups.get(a));
        double weight = 0;
        double ofSameObject = 0;
        for (int b = 0; b < groups.size(); b++) {
          if (b != a) {
            Truth negative = stream.truth(groups.get(b));
            double each = observation.negativeWeight(a, b);
            classPairs += anchor.objectClass() == negative.objectClass() ? 1 : 0;
            ofSameObject += anchor.object() == negative.object() ? each : 0;
            weight += each;
          }
        }
        sameObject += weight > 0 ? ofSameObject / weight / groups.size() : 0;
      }
      sameClass += classPairs / groups.size() / (groups.size() - 1);
    }

    List<Estimation> estimations(int step, WatchedPriors priors, PositiveGroup newest) {
      List<Estimation> all = new ArrayList<>();
      priors
          .estimates()
          .forEach(
              (estimator, estimate) ->
                  all.add(
                      new Estimation(
                          step,
                          estimator,
                          estimate,
                          sameClass / steps,
                          sameObject / steps,
                          stream.classPrior(newest))));
      return all;
    }

    Measurement measurement(int step, ProbeScenes.Accuracy accuracy) {
      double n = steps;
      return new Measurement(
          step,
          accuracy.linear(),
          accuracy.neighbours(),
          loss / n,
          prior / n,
          identified / n,
          sameClass / n,
          sameObject / n,
          clamped / n,
          spread / n);
    }
  }
}
