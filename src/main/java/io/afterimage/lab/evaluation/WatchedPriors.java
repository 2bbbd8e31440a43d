package io.afterimage.lab.evaluation;

import io.afterimage.train.prior.Observation;
import io.afterimage.train.prior.PriorEstimate;
import io.afterimage.train.prior.PriorEstimator;
import io.afterimage.train.prior.PriorEstimators;
import io.afterimage.train.prior.PriorSettings;
import io.afterimage.train.prior.PriorSettings.Estimator;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The estimator of a method, and all others, which observe the same mini-batches without influence
 * on training.
 */
final class WatchedPriors implements PriorEstimator {
  private final PriorEstimator used;
  private final Map<Estimator, PriorEstimator> watched = new EnumMap<>(Estimator.class);

  private @Nullable Observation latest;

  WatchedPriors(PriorSettings settings) {
    used = PriorEstimators.create(settings);
    for (Estimator each : Estimator.values()) {
      if (each != Estimator.FIXED) {
        watched.put(each, PriorEstimators.create(settings.with(each)));
      }
    }
  }

  @Override
  public void observe(Observation observation) {
    latest = observation;
    used.observe(observation);
    watched.values().forEach(each -> each.observe(observation));
  }

  @Override
  public PriorEstimate estimate() {
    return used.estimate();
  }

  /** The mini-batch observed last; valid until the next step. */
  Observation latest() {
    if (latest == null) {
      throw new IllegalStateException("no mini-batch was observed yet");
    }
    return latest;
  }

  /** The current estimate of each estimator. */
  Map<Estimator, PriorEstimate> estimates() {
    Map<Estimator, PriorEstimate> estimates = new EnumMap<>(Estimator.class);
    watched.forEach((name, estimator) -> estimates.put(name, estimator.estimate()));
    return estimates;
  }

  @Override
  public void write(DataOutput out) {
    throw new UnsupportedOperationException("a watched run is not carried over");
  }

  @Override
  public void read(DataInput in) {
    throw new UnsupportedOperationException("a watched run is not carried over");
  }
}
