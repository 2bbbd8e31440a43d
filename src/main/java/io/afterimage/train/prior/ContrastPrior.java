package io.afterimage.train.prior;

import io.afterimage.train.prior.PriorEstimate.Meaning;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The effective prior: the share of the negatives' weight in the loss that shows the anchor's own
 * object a moment before or after.
 *
 * <p>It is <em>not</em> the class prior. Groups of different cameras, or minutes apart, count as
 * different objects.
 */
final class ContrastPrior implements PriorEstimator {
  /*
   * Similarities of one camera's groups are a mixture of those of the same object and of different
   * objects; the former are known from positives, the latter from groups somewhat farther apart
   * (see ObjectMixture).
   *
   * Plateau. The estimate must be the same, within PLATEAU, whether the reference is the stratum of
   * lags from 16 to 32 s or the next one, and with 2, 5 and 10 bins of the histograms in one.
   * Otherwise objects stay longer, or light or crowds change as fast as objects do, and the share
   * is not identified. It is not identified either if pairs of the shortest lag, which show the
   * same as positives, are less similar than positives: then the embedding distinguishes frames,
   * not objects.
   *
   * The weights of the loss are known without error and change while the memory fills; they are
   * averaged over a third of the half-life.
   */
  private static final int REFERENCE = 5;
  private static final int[] COARSER = {2, 5, 10};
  private static final double PLATEAU = 0.2;
  private static final double LEAST_NEAREST = 0.9;
  private static final double LEAST_PAIRS = 20;
  private static final double WEIGHT_HALF_LIVES = 3;

  /** Half of a 95 % interval, in standard errors. */
  private static final double QUANTILE = 1.96;

  /**
   * Half of the widest interval that is still informative: relative to the estimate, or absolute.
   */
  private static final double WIDEST = 0.5;

  private static final double WIDEST_AT_ALL = 0.02;

  private static final int VERSION = 2;

  /** The version of an estimator of another quantity; its state is discarded. */
  private static final int OUTDATED = 1;

  private final PriorSettings settings;
  private final LagSimilarities similarities;
  private int observations;
  private PriorEstimate estimate;

  ContrastPrior(PriorSettings settings) {
    this.settings = settings;
    double kept = Math.pow(0.5, 1.0 / settings.halfLifeSteps());
    similarities = new LagSimilarities(settings.bins(), kept, Math.pow(kept, WEIGHT_HALF_LIVES));
    estimate = notIdentified(Double.NaN, Double.NaN);
  }

  @Override
  public void observe(Observation observation) {
    similarities.observe(observation);
    observations++;
    estimate = compute();
  }

  @Override
  public PriorEstimate estimate() {
    return estimate;
  }

  private PriorEstimate compute() {
    if (observations < settings.warmupSteps()) {
      return notIdentified(Double.NaN, Double.NaN);
    }
    ObjectMixture mixture = ObjectMixture.of(similarities, REFERENCE, 1);
    return plateau(mixture) ? of(mixture) : notIdentified(Double.NaN, Double.NaN);
  }

  private boolean plateau(ObjectMixture mixture) {
    for (int stratum : new int[] {0, REFERENCE, REFERENCE + 1}) {
      if (similarities.negatives(stratum).total() < LEAST_PAIRS) {
        return false;
      }
    }
    boolean plateau =
        mixture.nearest() >= LEAST_NEAREST
            && mixture.nearest() <= 1 + PLATEAU
            && agree(mixture, ObjectMixture.of(similarities, REFERENCE + 1, 1));
    for (int together : COARSER) {
      plateau &= agree(mixture, ObjectMixture.of(similarities, REFERENCE, together));
    }
    return plateau;
  }

  private static boolean agree(ObjectMixture one, ObjectMixture other) {
    return Math.abs(one.share() - other.share()) <= PLATEAU * Math.abs(one.share());
  }

  private PriorEstimate of(ObjectMixture mixture) {
    double value = Math.max(0, mixture.share());
    double half = QUANTILE * mixture.error();
    double lower = Math.max(0, value - half);
    double upper = Math.min(1, value + half);
    if (upper >= settings.max() || !(half <= Math.max(WIDEST * value, WIDEST_AT_ALL))) {
      return notIdentified(lower, upper);
    }
    return new PriorEstimate(
        Meaning.EFFECTIVE_PRIOR, Math.max(settings.min(), value), lower, upper, true);
  }

  /** A safe value, if similarities do not separate objects well enough. */
  private PriorEstimate notIdentified(double lower, double upper) {
    return new PriorEstimate(Meaning.EFFECTIVE_PRIOR, settings.fixed(), lower, upper, false);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(observations);
    similarities.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version == OUTDATED) {
      return;
    }
    if (version != VERSION) {
      throw new IOException(
          "the contrast prior's state has version %d, but only %d is known"
              .formatted(version, VERSION));
    }
    observations = in.readInt();
    similarities.read(in);
    estimate = observations == 0 ? estimate : compute();
  }
}
