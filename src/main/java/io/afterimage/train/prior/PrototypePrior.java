package io.afterimage.train.prior;

import io.afterimage.random.SplitMix64;
import io.afterimage.train.prior.PriorEstimate.Meaning;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The class prior as the occupancy of clusters of embeddings, without labels: a group's prior is
 * the share of its own cluster, and the overall one is the sum of their squares.
 *
 * <p>It is valid if clusters correspond to classes. A contrastive loss spreads embeddings evenly,
 * so there may be no clusters; the prior is then not identified.
 */
final class PrototypePrior implements PriorEstimator {
  /*
   * Embeddings are means of a group's views, less their camera's mean, to prevent clusters that are
   * cameras. They are not normalized after that, since the directions of any distribution along one
   * line form two clusters.
   *
   * Several numbers of prototypes are tried in parallel. The one whose silhouette exceeds that of a
   * normal distribution the most is used; its clusters must be clear and the same in both halves of
   * the groups (see Partition). CLEAR is above the gap of points spread evenly over a
   * low-dimensional sphere, as a contrastive loss produces them, and below that of normal clusters
   * four deviations apart.
   */
  private static final double CLEAR = 0.18;
  private static final double STABLE = 0.75;

  /**
   * Groups of one camera within this time belong to the same half, and so do most visits of an
   * object.
   */
  private static final long HALF_MILLIS = 10_000;

  private static final int VERSION = 2;

  /** The version of an estimator of another quantity; its state is discarded. */
  private static final int OUTDATED = 1;

  private final PriorSettings settings;
  private final CameraMeans cameras;
  private final List<Partition> partitions = new ArrayList<>();
  private int observations;

  PrototypePrior(PriorSettings settings) {
    this.settings = settings;
    double kept = Math.pow(0.5, 1.0 / settings.halfLifeSteps());
    cameras = new CameraMeans(kept);
    for (int prototypes = 2; prototypes <= settings.prototypes(); prototypes = next(prototypes)) {
      partitions.add(new Partition(prototypes, kept));
    }
  }

  /**
   * The next number of prototypes: larger by a fifth, or by 1; finer than a factor of 1.5 in the
   * estimate.
   */
  private static int next(int prototypes) {
    return Math.max(prototypes + 1, prototypes * 6 / 5);
  }

  @Override
  public void observe(Observation observation) {
    double[][] embeddings = observation.groupMeans();
    cameras.observe(observation.cameras(), embeddings);
    boolean[] half = new boolean[embeddings.length];
    for (int group = 0; group < embeddings.length; group++) {
      embeddings[group] = cameras.centred(observation.cameras().get(group), embeddings[group]);
      half[group] = half(observation.cameras().get(group), observation.captureTimesMillis()[group]);
    }
    double[][] surrogates = surrogates(embeddings);
    for (Partition partition : partitions) {
      partition.observe(embeddings, half, surrogates);
    }
    observations++;
  }

  private static boolean half(String camera, long captureTimeMillis) {
    return (SplitMix64.mix(31L * camera.hashCode() + captureTimeMillis / HALF_MILLIS) & 1) == 1;
  }

  /** {@code (B, D)} sums of the embeddings with random factors: normal, with their covariance. */
  private double[][] surrogates(double[][] embeddings) {
    SplitMix64 random = new SplitMix64(SplitMix64.mix(observations));
    double scale = 1 / Math.sqrt(embeddings.length);
    double[][] surrogates = new double[embeddings.length][embeddings[0].length];
    for (double[] surrogate : surrogates) {
      for (double[] embedding : embeddings) {
        double factor = scale * Math.sqrt(12) * (random.nextDouble() - 0.5);
        for (int d = 0; d < surrogate.length; d++) {
          surrogate[d] += factor * embedding[d];
        }
      }
    }
    return surrogates;
  }

  /** The partition with the clearest clusters; null if they are not clear or not stable. */
  private @Nullable Partition best() {
    if (observations == 0 || observations < settings.warmupSteps()) {
      return null;
    }
    Partition clearest =
        partitions.stream().max(Comparator.comparingDouble(Partition::gap)).orElseThrow();
    return clearest.gap() > CLEAR && clearest.stability() > STABLE ? clearest : null;
  }

  @Override
  public PriorEstimate estimate() {
    Partition best = best();
    return best == null
        ? new PriorEstimate(Meaning.CLASS_PRIOR, settings.fixed(), Double.NaN, Double.NaN, false)
        : new PriorEstimate(
            Meaning.CLASS_PRIOR, bounded(best.sumOfSquares()), best.lower(), best.upper(), true);
  }

  @Override
  public double[] groupPriors(float[] embeddings, int views, List<String> cameraOfGroup) {
    Partition best = best();
    if (best == null) {
      return new double[] {settings.fixed()};
    }
    Observation batch =
        new Observation(embeddings, views, cameraOfGroup, new long[0], null, List.of());
    double[][] means = batch.groupMeans();
    double[] priors = new double[means.length];
    for (int group = 0; group < means.length; group++) {
      priors[group] =
          bounded(best.occupancy(cameras.centred(cameraOfGroup.get(group), means[group])));
    }
    return priors;
  }

  private double bounded(double value) {
    return Math.max(settings.min(), Math.min(settings.max(), value));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(observations);
    cameras.write(out);
    out.writeInt(settings.prototypes());
    for (Partition partition : partitions) {
      partition.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version == OUTDATED) {
      return;
    }
    if (version != VERSION) {
      throw new IOException(
          "the prototype prior's state has version %d, but only %d is known"
              .formatted(version, VERSION));
    }
    observations = in.readInt();
    cameras.read(in);
    int prototypes = in.readInt();
    if (prototypes != settings.prototypes()) {
      throw new IOException(
          "prior.prototypes was %d when the state was written, but is %d now"
              .formatted(prototypes, settings.prototypes()));
    }
    for (Partition partition : partitions) {
      partition.read(in);
    }
  }
}
