package io.afterimage.train.loss;

import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of the loss, with and without reading the similarities to the host.
 *
 * <pre>
 *   mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 *   java -cp target/classes:target/test-classes:$(cat target/classpath) org.openjdk.jmh.Main DebiasedContrastiveLossBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class DebiasedContrastiveLossBenchmark {
  private static final int VIEWS = 2;
  private static final int DIM = 128;

  @Param({"128", "512", "2048"})
  public int rows;

  private final double[] tau = {0.1};
  private DebiasedContrastiveLoss loss;
  private INDArray projections;
  private INDArray gradient;
  private float[] positive;
  private float[] negative;

  @Setup
  public void allocate() {
    loss = new DebiasedContrastiveLoss(rows / VIEWS, VIEWS, DIM, 0.5, DataType.FLOAT);
    projections = Nd4j.randn(DataType.FLOAT, rows, DIM);
    gradient = Nd4j.create(DataType.FLOAT, rows, DIM);
    positive = new float[loss.positivePairs()];
    negative = new float[loss.negativePairs()];
  }

  @TearDown
  public void free() {
    loss.close();
  }

  @Benchmark
  public double evaluate() {
    return loss.evaluate(projections, tau, gradient).loss();
  }

  @Benchmark
  public float evaluateAndReadSimilarities() {
    loss.evaluate(projections, tau, gradient);
    loss.readPairs(positive, negative);
    return negative[0];
  }
}
