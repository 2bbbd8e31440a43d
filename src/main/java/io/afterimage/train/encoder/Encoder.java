package io.afterimage.train.encoder;

import io.afterimage.train.optimize.Optimizer;
import io.afterimage.train.optimize.OptimizerSettings;
import java.util.List;

/**
 * Pixels to projections, and back, for mini-batches of one fixed shape.
 *
 * <p>All that a step touches is allocated when the encoder is built. Legal order of calls: {@link
 * #forward} and {@link #read} at any time; {@link #backward} only after a {@code forward}, and once
 * for it; {@link #updateAverages} and an optimizer's update only after a {@code backward}. Not
 * thread-safe, though calls may come from different threads one after the other.
 *
 * <p>Nothing here names the library that computes, so that another backend is another
 * implementation.
 */
public interface Encoder extends AutoCloseable {
  /** What the encoder was built from. */
  EncoderSettings settings();

  /** Frames N of a mini-batch. */
  int frames();

  /**
   * Pixels to projections; a projection scaled to unit length is the frame's embedding.
   *
   * @param pixels {@code (N, S, S, 3)} row-major, red-green-blue, unsigned bytes; read only
   * @param projections {@code (N, D)} row-major, written
   * @throws IllegalArgumentException if an array's length is not that of the fixed shape
   */
  void forward(byte[] pixels, float[] projections);

  /**
   * The gradient of the projections of the last {@link #forward} to gradients of all parameters.
   *
   * @param gradient {@code (N, D)} row-major, read only
   * @throws IllegalStateException if the encoder was built for inference
   */
  void backward(float[] gradient);

  /**
   * Moves the running averages of normalisation by the statistics of the last {@link #forward}; to
   * be called with an optimizer's update, so that a step without one changes nothing.
   */
  void updateAverages();

  /** All parameters, in the one order that never changes for equal settings. */
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
   * @throws IllegalArgumentException if there is no parameter of that name or the length is not its
   *     own
   */
  void write(String name, float[] values);

  /**
   * A copy of one parameter's gradient of the last {@link #backward}, row-major.
   *
   * @throws IllegalArgumentException if there is no trained parameter of that name
   */
  float[] readGradient(String name);

  /**
   * An optimizer over this encoder's own parameters and gradients.
   *
   * @throws IllegalStateException if the encoder was built for inference
   */
  Optimizer optimizer(OptimizerSettings settings);

  /** Gives all native memory back. */
  @Override
  void close();
}
