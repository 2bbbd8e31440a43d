package io.afterimage.train.optimize;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Updates the parameters by their gradients.
 *
 * <p>Legal order of calls: {@link #gradientNorm}, then {@link #update} at most once for the same
 * gradient. {@link #read} and {@link #write} between updates.
 */
public interface Optimizer extends AutoCloseable {
  /** The Euclidean norm of the current gradient; not finite if a gradient is not. */
  double gradientNorm();

  /**
   * Updates all parameters by the current gradient.
   *
   * @param gradientNorm its norm, above which it is clipped
   */
  void update(double gradientNorm);

  /** The learning rate of the next update. */
  double learningRate();

  /** The number of updates so far. */
  long updates();

  /** Writes the complete state, without the settings and the parameters. */
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
