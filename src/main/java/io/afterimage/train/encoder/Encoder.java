package io.afterimage.train.encoder;

import io.afterimage.train.optimize.Optimizer;
import io.afterimage.train.optimize.OptimizerSettings;
import java.util.List;

/**
 * Computes projections from pixels, and gradients, for mini-batches of one fixed shape.
 *
 * <p>All memory of a step is allocated when the encoder is built. Legal order of calls: {@link
 * #forward} and {@link #read} at any time; {@link #backward} only after a {@code forward}, and once
 * for it; {@link #updateAverages} and an optimizer's update only after a {@code backward}. Not
 * thread-safe; calls from different threads must not overlap.
 *
 * <p>The interface does not depend on a numerical library: another backend is another
 * implementation.
 */
public interface Encoder extends AutoCloseable {
  /** The settings that the encoder was built with. */
  EncoderSettings settings();

  /** Frames N of a mini-batch. */
  int frames();

  /**
   * Computes projections from pixels; a projection scaled to unit length is the frame's embedding.
   *
   * @param pixels {@code (N, S, S, 3)} row-major, red-green-blue, unsigned bytes; read only
   * @param projections {@code (N, D)} row-major, written
   * @throws IllegalArgumentException if an array's length does not match the fixed shape
   */
  void forward(byte[] pixels, float[] projections);

  /**
   * Computes the gradients of all parameters from the gradient of the last {@link #forward}'s
   * projections.
   *
   * @param gradient {@code (N, D)} row-major, read only
   * @throws IllegalStateException if the encoder was built for inference
   */
  void backward(float[] gradient);

  /**
   * Updates the running averages of normalization with the statistics of the last {@link #forward}.
   * To be called along with an optimizer's update: a step without one changes nothing.
   */
  void updateAverages();

  /** All parameters, in a fixed order for equal settings. */
  List<Parameter> parameters();

  /**
   * A copy of one parameter's values, row-major.
   *
   * @throws IllegalArgumentException if there is no parameter of that name
   */
  float[] read(String name);

  /**
   * Sets one parameter.
   *
   * @param values row-major, copied
   * @throws IllegalArgumentException if there is no parameter of that name or the length differs
   */
  void write(String name, float[] values);

  /**
   * A copy of one parameter's gradient of the last {@link #backward}, row-major.
   *
   * @throws IllegalArgumentException if there is no trained parameter of that name
   */
  float[] readGradient(String name);

  /**
   * An optimizer of this encoder's parameters.
   *
   * @throws IllegalStateException if the encoder was built for inference
   */
  Optimizer optimizer(OptimizerSettings settings);

  /** Frees all native memory. */
  @Override
  void close();
}
