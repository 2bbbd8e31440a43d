package io.afterimage.train.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Runs layers that process frames independently on a few frames at a time: the output of one layer
 * is still in the core's cache when the next layer reads it.
 */
final class Slices implements Layer {
  private final List<List<Layer>> slices = new ArrayList<>();

  /**
   * @param frames number of frames
   * @param each frames per slice; the last one may have fewer
   * @param layers the layers of a slice, in the order of the forward pass
   */
  Slices(long frames, long each, Function<Slice, List<Layer>> layers) {
    for (long from = 0; from < frames; from += each) {
      slices.add(layers.apply(new Slice(from, Math.min(frames, from + each))));
    }
  }

  @Override
  public void forward() {
    for (List<Layer> slice : slices) {
      for (Layer layer : slice) {
        layer.forward();
      }
    }
  }

  @Override
  public void backward() {
    for (List<Layer> slice : slices) {
      for (int i = slice.size() - 1; i >= 0; i--) {
        slice.get(i).backward();
      }
    }
  }

  @Override
  public void updateAverages() {
    slices.forEach(slice -> slice.forEach(Layer::updateAverages));
  }
}
