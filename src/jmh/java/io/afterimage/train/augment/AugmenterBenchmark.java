package io.afterimage.train.augment;

import io.afterimage.frame.Frame;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of augmenting the 128 views of a mini-batch on one thread, with and without blur.
 *
 * <pre>
 *   mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 *   java -cp target/classes:target/test-classes:$(cat target/classpath) org.openjdk.jmh.Main AugmenterBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class AugmenterBenchmark {
  private static final int VIEWS = 128;

  @Param({"32", "64"})
  public int size;

  @Param({"0", "0.5"})
  public double blur;

  private Augmenter augmenter;
  private byte[] views;
  private byte[] changed;
  private long step;

  @Setup
  public void allocate() {
    augmenter =
        new Augmenter(new AugmentationSettings(0.3, 0.5, 0.4, 0.4, 0.4, 0.1, 0.2, blur), size, 1);
    views = new byte[VIEWS * Frame.bytes(size)];
    new Random(1).nextBytes(views);
    changed = new byte[views.length];
  }

  @Benchmark
  public byte[] augment128Views() {
    step++;
    for (int i = 0; i < VIEWS; i++) {
      int offset = i * Frame.bytes(size);
      augmenter.augment(views, offset, changed, offset, step, i / 2, i % 2);
    }
    return changed;
  }
}
