package io.afterimage.train.prior;

import io.afterimage.train.prior.LabelledExamples.Example;
import io.afterimage.train.prior.PriorEstimate.Meaning;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The class prior from few labels: labeled groups are counted, and a classifier trained on them
 * corrects for shifts of the class shares among the unlabeled groups.
 *
 * <p>It is the prior of the mini-batches' contents, and needs no warm-up: with a poor encoder the
 * classifier gets little weight, and the labels alone decide.
 */
final class LabelPrior implements PriorEstimator {
  /*
   * Sums are taken over the groups of the newest mini-batches, RECENT at most. Consecutive groups
   * often show the same object; the share INDEPENDENT of them counts as independent.
   */
  private static final int RECENT = 1024;
  private static final double INDEPENDENT = 0.25;

  /** Half of a 95 % interval, in standard errors. */
  private static final double QUANTILE = 1.96;

  /** The widest interval that is still informative, relative to the estimate. */
  private static final double WIDEST = 1;

  /** Least labels for a known error. */
  private static final double LEAST_LABELS = 8;

  /** Steps from one estimate to the next. */
  private static final int EVERY = 5;

  private static final int VERSION = 1;

  private final PriorSettings settings;
  private final CameraMeans cameras;
  private final LabelledExamples examples;
  private final Deque<Unlabelled> recent = new ArrayDeque<>();

  private record Unlabelled(String camera, double[] embedding) {}

  private int observations;
  private PriorEstimate estimate;

  LabelPrior(PriorSettings settings) {
    this.settings = settings;
    double kept = Math.pow(0.5, 1.0 / settings.halfLifeSteps());
    cameras = new CameraMeans(kept);
    examples = new LabelledExamples(kept);
    estimate = notIdentified(Double.NaN, Double.NaN);
  }

  @Override
  public void observe(Observation observation) {
    double[][] embeddings = observation.groupMeans();
    cameras.observe(observation.cameras(), embeddings);
    examples.observe(observation, embeddings);
    for (int group = 0; group < embeddings.length; group++) {
      if (observation.labels().get(group) == null) {
        recent.add(new Unlabelled(observation.cameras().get(group), embeddings[group]));
      }
    }
    while (recent.size() > RECENT) {
      recent.remove();
    }
    observations++;
    if (observations % EVERY == 0) {
      estimate = compute();
    }
  }

  @Override
  public PriorEstimate estimate() {
    return estimate;
  }

  private PriorEstimate compute() {
    List<Example> labelled = examples.all();
    Map<String, Integer> classes = new LinkedHashMap<>();
    labelled.forEach(each -> classes.putIfAbsent(each.label(), classes.size()));
    if (classes.size() < 2) {
      return notIdentified(Double.NaN, Double.NaN);
    }
    double sum = 0;
    double squares = 0;
    int[] classOf = new int[labelled.size()];
    double[] weights = new double[labelled.size()];
    for (int i = 0; i < classOf.length; i++) {
      Example example = labelled.get(i);
      classOf[i] = classes.getOrDefault(example.label(), 0);
      weights[i] = example.weight();
      sum += weights[i];
      squares += weights[i] * weights[i];
    }
    // Kish's effective sample size; examples that no longer appear in mini-batches decay.
    double effective = Math.min(sum * sum / squares, sum);
    if (effective < LEAST_LABELS) {
      return notIdentified(Double.NaN, Double.NaN);
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    ClassMeans classifier =
        new ClassMeans(
            labelled.stream()
                .map(each -> cameras.centred(each.camera(), each.embedding()))
                .toList(),
            classOf,
            classes.size());
    double[][] unlabelled =
        classifier.power() == 0
            ? new double[0][]
            : recent.stream()
                .map(each -> cameras.centred(each.camera(), each.embedding()))
                .map(classifier::posterior)
                .toArray(double[][]::new);
    return of(
        ClassShares.estimate(
            weights,
            effective,
            classOf,
            classifier.leftOutPosteriors(),
            unlabelled,
            INDEPENDENT * unlabelled.length));
  }

  private PriorEstimate of(ClassShares shares) {
    double value = shares.classPrior();
    double half = QUANTILE * shares.standardError();
    double lower = Math.max(0, value - half);
    double upper = Math.min(1, value + half);
    if (!(value > 0 && upper - lower < WIDEST * value)) {
      return notIdentified(lower, upper);
    }
    double bounded = Math.max(settings.min(), Math.min(settings.max(), value));
    return new PriorEstimate(Meaning.CLASS_PRIOR, bounded, lower, upper, true);
  }

  private PriorEstimate notIdentified(double lower, double upper) {
    return new PriorEstimate(Meaning.CLASS_PRIOR, settings.fixed(), lower, upper, false);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(observations);
    out.writeDouble(estimate.value());
    out.writeDouble(estimate.lower());
    out.writeDouble(estimate.upper());
    out.writeBoolean(estimate.identified());
    cameras.write(out);
    examples.write(out);
    out.writeInt(recent.size());
    for (Unlabelled each : recent) {
      out.writeUTF(each.camera());
      Doubles.write(each.embedding(), out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "the label prior's state has version %d, but only %d is known"
              .formatted(version, VERSION));
    }
    observations = in.readInt();
    estimate =
        new PriorEstimate(
            Meaning.CLASS_PRIOR,
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readBoolean());
    cameras.read(in);
    examples.read(in);
    recent.clear();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      recent.add(new Unlabelled(in.readUTF(), Doubles.read(in)));
    }
  }
}
