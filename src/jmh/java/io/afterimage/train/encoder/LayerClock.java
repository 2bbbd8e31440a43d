package io.afterimage.train.encoder;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the time that an encoder spends in each kind of layer, within real steps.
 *
 * <p>Shards run side by side, each on a thread of its own; times are means over them.
 */
public final class LayerClock {
  /** Kinds of layer. */
  public enum Kind {
    STEM_CONVOLUTION(true),
    CONVOLUTION(true),
    POINTWISE_CONVOLUTION(true),
    LINEAR(true),
    NORMALIZATION(false),
    ELEMENTWISE(false);

    private final boolean product;

    Kind(boolean product) {
      this.product = product;
    }

    /** Whether a layer of this kind is a convolution or a matrix product. */
    public boolean product() {
      return product;
    }

    private static Kind of(Layer layer) {
      if (layer instanceof StemConvolution) {
        return STEM_CONVOLUTION;
      }
      if (layer instanceof Convolution) {
        return CONVOLUTION;
      }
      if (layer instanceof PointwiseConvolution) {
        return POINTWISE_CONVOLUTION;
      }
      if (layer instanceof Linear) {
        return LINEAR;
      }
      return layer instanceof Slices
              || layer instanceof AffineGradient
              || layer instanceof WeightStandardization
          ? NORMALIZATION
          : ELEMENTWISE;
    }
  }

  /**
   * Times of one kind.
   *
   * @param forwardNanos forward
   * @param backwardNanos backward
   */
  public record Times(long forwardNanos, long backwardNanos) {}

  /** One layer of one shard; only that shard's thread counts here while the encoder runs. */
  private static final class TimedLayer implements Layer {
    private final Layer layer;
    private final Kind kind;
    private long forward;
    private long backward;

    TimedLayer(Layer layer) {
      this.layer = layer;
      kind = Kind.of(layer);
    }

    @Override
    public void forward() {
      long start = System.nanoTime();
      layer.forward();
      forward += System.nanoTime() - start;
    }

    @Override
    public void backward() {
      long start = System.nanoTime();
      layer.backward();
      backward += System.nanoTime() - start;
    }

    @Override
    public void updateAverages() {
      layer.updateAverages();
    }
  }

  private final List<TimedLayer> layers = new ArrayList<>();
  private final int shards;

  /** Counts from now on. */
  public LayerClock(ResNetS encoder) {
    shards =
        encoder.replaceLayers(
            layer -> {
              TimedLayer timed = new TimedLayer(layer);
              layers.add(timed);
              return timed;
            });
  }

  /** Forgets what was counted; to be called between steps. */
  public void reset() {
    for (TimedLayer layer : layers) {
      layer.forward = 0;
      layer.backward = 0;
    }
  }

  /** The counts since the last reset; to be called between steps. */
  public Map<Kind, Times> times() {
    Map<Kind, Times> times = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      long forward = 0;
      long backward = 0;
      for (TimedLayer layer : layers) {
        forward += layer.kind == kind ? layer.forward : 0;
        backward += layer.kind == kind ? layer.backward : 0;
      }
      times.put(kind, new Times(forward / shards, backward / shards));
    }
    return times;
  }
}
