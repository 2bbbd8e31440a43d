package io.afterimage.train;

/**
 * A mini-batch made ready for one step: its views changed and laid side by side.
 *
 * <p>Reused from step to step; a {@link ViewPreparation} fills it.
 */
final class PreparedBatch {
  private final byte[] pixels; // (B*K, S, S, 3)
  private MiniBatch batch;
  private long step;
  private long augmentingNanos;

  PreparedBatch(int bytes) {
    pixels = new byte[bytes];
    batch = new MiniBatch(java.util.List.of(), 0, 0, 0, Double.NaN, 0);
  }

  byte[] pixels() {
    return pixels;
  }

  MiniBatch batch() {
    return batch;
  }

  /** The number of the step that it is for, from 1. */
  long step() {
    return step;
  }

  long augmentingNanos() {
    return augmentingNanos;
  }

  void set(MiniBatch newBatch, long newStep, long newAugmentingNanos) {
    batch = newBatch;
    step = newStep;
    augmentingNanos = newAugmentingNanos;
  }
}
