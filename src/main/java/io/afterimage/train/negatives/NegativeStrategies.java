package io.afterimage.train.negatives;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates the strategy of the settings. */
public final class NegativeStrategies {
  private NegativeStrategies() {}

  /** A new strategy without observations; null for equal weights. */
  public static @Nullable NegativeStrategy create(NegativeSettings settings) {
    if (settings.reasons().isEmpty()) {
      return null;
    }
    return new InOrder(
        settings.reasons().stream().map(reason -> create(reason, settings)).toList());
  }

  private static NegativeStrategy create(
      NegativeSettings.Reason reason, NegativeSettings settings) {
    return switch (reason) {
      case SAME_OBJECT ->
          new SameObjectNegatives(settings.objectHorizon().toMillis(), settings.halfLifeSteps());
      case POSTERIOR -> new PosteriorNegatives(settings.sharpness());
      case HARD -> new HardNegatives(settings.hardness());
      case CAMERA -> new CameraNegatives(settings.sameCameraShare());
    };
  }

  private record InOrder(List<NegativeStrategy> strategies) implements NegativeStrategy {
    @Override
    public void weigh(NegativePairs pairs, float[] weights) {
      strategies.forEach(strategy -> strategy.weigh(pairs, weights));
    }

    @Override
    public boolean accountsForPrior() {
      return strategies.stream().anyMatch(NegativeStrategy::accountsForPrior);
    }

    @Override
    public void observe(NegativePairs pairs) {
      strategies.forEach(strategy -> strategy.observe(pairs));
    }

    @Override
    public void write(DataOutput out) throws IOException {
      for (NegativeStrategy strategy : strategies) {
        strategy.write(out);
      }
    }

    @Override
    public void read(DataInput in) throws IOException {
      for (NegativeStrategy strategy : strategies) {
        strategy.read(in);
      }
    }
  }
}
