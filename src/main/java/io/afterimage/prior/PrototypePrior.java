package io.afterimage.prior;

import io.afterimage.prior.PriorEstimate.Meaning;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The class prior as the occupancy of clusters of embeddings, without labels: a group's prior is
 * the share of its own prototype, and the overall one is the sum of their squares.
 *
 * <p>It is right as far as clusters are classes. Where embeddings form no clusters, it says that it
 * is not identified.
 */
final class PrototypePrior implements PriorEstimator {
  /*
   * Embeddings are means of a group's views, less their camera's mean, of length 1. Several numbers
   * of prototypes run side by side, and the one with the greatest mean silhouette [1] is taken, in
   * its simplified form (distances to prototypes rather than to all members). A mean silhouette of
   * at most 0.25 is no substantial structure [2].
   *
   * [1] Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster
   *     analysis", J. Comput. Appl. Math. 20 (1987).
   * [2] Kaufman, Rousseeuw, "Finding Groups in Data", Wiley (1990), table 4 of chapter 2.
   */
  private static final double SUBSTANTIAL = 0.25;

  private static final int VERSION = 1;

  private final PriorSettings settings;
  private final CameraMeans cameras;
  private final List<Clustering> clusterings = new ArrayList<>();
  private int observations;

  PrototypePrior(PriorSettings settings) {
    this.settings = settings;
    double kept = Math.pow(0.5, 1.0 / settings.halfLifeSteps());
    cameras = new CameraMeans(kept);
    for (int prototypes = 2; prototypes <= settings.prototypes(); prototypes = next(prototypes)) {
      clusterings.add(new Clustering(prototypes, kept));
    }
  }

  /** Steps of a fifth, or of 1: finer than a factor of 1.5 in the estimate. */
  private static int next(int prototypes) {
    return Math.max(prototypes + 1, prototypes * 6 / 5);
  }

  @Override
  public void observe(Observation observation) {
    double[][] embeddings = observation.groupMeans();
    cameras.observe(observation.cameras(), embeddings);
    for (int group = 0; group < embeddings.length; group++) {
      embeddings[group] = direction(observation.cameras().get(group), embeddings[group]);
    }
    for (Clustering clustering : clusterings) {
      clustering.observe(embeddings);
    }
    observations++;
  }

  /** Where an embedding lies from its camera's mean, as a vector of length 1. */
  private double[] direction(String camera, double[] embedding) {
    double[] direction = cameras.centred(camera, embedding);
    double square = 0;
    for (double value : direction) {
      square += value * value;
    }
    double scale = 1 / Math.sqrt(Math.max(square, 1e-24));
    for (int i = 0; i < direction.length; i++) {
      direction[i] *= scale;
    }
    return direction;
  }

  private Clustering best() {
    return clusterings.stream()
        .max(Comparator.comparingDouble(Clustering::silhouette))
        .orElseThrow();
  }

  private boolean identified() {
    return observations > 0
        && observations >= settings.warmupSteps()
        && best().silhouette() > SUBSTANTIAL;
  }

  @Override
  public PriorEstimate estimate() {
    double value = identified() ? bounded(best().sumOfSquares()) : settings.fixed();
    return new PriorEstimate(Meaning.CLASS_PRIOR, value, Double.NaN, Double.NaN, identified());
  }

  @Override
  public double[] groupPriors(float[] embeddings, int views, List<String> cameraOfGroup) {
    if (!identified()) {
      return new double[] {settings.fixed()};
    }
    Observation batch =
        new Observation(embeddings, views, cameraOfGroup, new long[0], null, List.of());
    double[][] means = batch.groupMeans();
    double[] priors = new double[means.length];
    Clustering best = best();
    for (int group = 0; group < means.length; group++) {
      priors[group] = bounded(best.occupancy(direction(cameraOfGroup.get(group), means[group])));
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
    for (Clustering clustering : clusterings) {
      clustering.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    int version = in.readInt();
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
    for (Clustering clustering : clusterings) {
      clustering.read(in);
    }
  }
}
