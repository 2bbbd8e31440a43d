package io.afterimage.train.encoder;

/**
 * One part of an encoder over buffers of fixed shape.
 *
 * <p>{@link #forward} reads its input's values and writes its output's. {@link #backward} reads the
 * gradient of its output and overwrites those of its input and parameters.
 */
interface Layer {
  void forward();

  void backward();

  /**
   * Updates running averages with the statistics of the last {@link #forward}; most layers have
   * none.
   */
  default void updateAverages() {}
}
