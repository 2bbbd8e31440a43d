package io.afterimage.train.optimize;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Gradients to an update of the parameters.
 *
 * <p>Legal order of calls: {@link #gradientNorm}, then {@link #update} at most once for the same
 * gradient. {@link #read} and {@link #write} between updates.
 */
public interface Optimizer extends AutoCloseable {
  /** The Euclidean norm of the whole gradient as it lies there; not finite if a gradient is not. */
  double gradientNorm();

  /**
   * Updates all parameters by the gradient that lies there.
   *
   * @param gradientNorm its norm, above which it is clipped
   */
  void update(double gradientNorm);

  /** The rate that the next update uses. */
  double learningRate();

  /** Updates so far. */
  long updates();

  /** Writes all that later updates depend on, save the settings and the parameters. */
  void write(DataOutput out) throws IOException;

  /**
   * Continues from what {@link #write} wrote.
   *
   * @throws IOException if it was written for another number of parameters
   */
  void read(DataInput in) throws IOException;

  @Override
  void close();
}
