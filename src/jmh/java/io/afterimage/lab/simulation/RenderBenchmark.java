package io.afterimage.lab.simulation;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The time to render one simulated frame of 96 x 96 pixels, mean over classes and visits.
 *
 * <pre>{@code
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/classes:target/test-classes:$(cat target/classpath) org.openjdk.jmh.Main RenderBenchmark -f 1 -wi 3 -i 5 -r 2
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RenderBenchmark {
  private final SimulatedCamera camera =
      Simulation.procedural(SimulationSettings.balanced(1, 1, 8)).cameras().get(0);
  private long time;

  @Benchmark
  public byte[] render() {
    time += 200;
    return camera.render(time);
  }
}
