package io.afterimage.train;

import io.afterimage.train.encoder.Encoder;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.Parameter;
import io.afterimage.train.optimize.Optimizer;
import io.afterimage.train.optimize.OptimizerSettings;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real encoder whose next steps can be made to fail. */
final class FaultyEncoder implements Encoder {
  /** The values that are not finite. */
  enum Fault {
    PROJECTION,
    GRADIENT
  }

  private final Encoder encoder;
  private @Nullable Fault fault;

  FaultyEncoder(Encoder encoder) {
    this.encoder = encoder;
  }

  /**
   * @param next of the steps from now on; null for none
   */
  void setFault(@Nullable Fault next) {
    fault = next;
  }

  @Override
  public EncoderSettings settings() {
    return encoder.settings();
  }

  @Override
  public int frames() {
    return encoder.frames();
  }

  @Override
  public void forward(byte[] pixels, float[] projections) {
    encoder.forward(pixels, projections);
    if (fault == Fault.PROJECTION) {
      projections[3] = Float.NaN;
    }
  }

  @Override
  public void backward(float[] gradient) {
    encoder.backward(gradient);
  }

  @Override
  public void updateAverages() {
    encoder.updateAverages();
  }

  @Override
  public List<Parameter> parameters() {
    return encoder.parameters();
  }

  @Override
  public float[] read(String name) {
    return encoder.read(name);
  }

  @Override
  public void write(String name, float[] values) {
    encoder.write(name, values);
  }

  @Override
  public float[] readGradient(String name) {
    return encoder.readGradient(name);
  }

  @Override
  public Optimizer optimizer(OptimizerSettings settings) {
    return new FaultyOptimizer(encoder.optimizer(settings));
  }

  @Override
  public void close() {
    encoder.close();
  }

  private final class FaultyOptimizer implements Optimizer {
    private final Optimizer optimizer;

    FaultyOptimizer(Optimizer optimizer) {
      this.optimizer = optimizer;
    }

    @Override
    public double gradientNorm() {
      double norm = optimizer.gradientNorm();
      return fault == Fault.GRADIENT ? Double.POSITIVE_INFINITY : norm;
    }

    @Override
    public void update(double gradientNorm) {
      optimizer.update(gradientNorm);
    }

    @Override
    public double learningRate() {
      return optimizer.learningRate();
    }

    @Override
    public long updates() {
      return optimizer.updates();
    }

    @Override
    public void write(DataOutput out) throws IOException {
      optimizer.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      optimizer.read(in);
    }

    @Override
    public void close() {
      optimizer.close();
    }
  }
}
