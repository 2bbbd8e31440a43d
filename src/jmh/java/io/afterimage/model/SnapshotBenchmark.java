package io.afterimage.model;

import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.ResNetS;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of a snapshot of the encoder of width 32: the copy out of the encoder, its bytes, and
 * back.
 *
 * <pre>
 *   mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 *   java -cp target/classes:target/test-classes:$(cat target/classpath) org.openjdk.jmh.Main SnapshotBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SnapshotBenchmark {
  private ResNetS encoder;
  private EncoderSnapshot snapshot;
  private byte[] bytes;

  @Setup
  public void build() {
    encoder =
        ResNetS.forInference(
            new EncoderSettings(ResNetS.NAME, 32, 1, 128, Normalization.GROUP, 32), 1);
    snapshot = EncoderSnapshot.of(encoder, 1);
    bytes = EncoderSnapshotCodec.encode(snapshot);
    System.out.println(bytes.length + " bytes");
  }

  @Benchmark
  public EncoderSnapshot copy() {
    return EncoderSnapshot.of(encoder, 1);
  }

  @Benchmark
  public byte[] encode() {
    return EncoderSnapshotCodec.encode(snapshot);
  }

  @Benchmark
  public EncoderSnapshot decode() throws IOException {
    return EncoderSnapshotCodec.decode(bytes);
  }
}
