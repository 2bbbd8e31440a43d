package io.afterimage.frame;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of one frame on one thread: reading its structure in Java, decoding it to S x S, and
 * encoding it as JPEG in the first place.
 *
 * <pre>
 *   mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 *   java -cp target/classes:target/test-classes:$(cat target/classpath) org.openjdk.jmh.Main FrameDecodeBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class FrameDecodeBenchmark {
  @Param({"768", "320"})
  public int width;

  @Param({"32", "64"})
  public int size;

  private FrameDecoder decoder;
  private JpegEncoder encoder;
  private byte[] pixels;
  private EncodedFrame frame;

  @Setup
  public void encode() {
    decoder = new FrameDecoder(new FrameDecoderSettings(size, 1 << 20, 16, 1L << 24));
    encoder = new JpegEncoder(90);
    pixels = Scenery.rgb(width, width * 3 / 4);
    byte[] jpeg = encodeJpeg();
    frame = new EncodedFrame("camera", 0, jpeg, 0, 0);
  }

  @TearDown
  public void close() {
    decoder.close();
    encoder.close();
  }

  @Benchmark
  public Frame decode() throws FrameRejectedException {
    return decoder.decode(frame);
  }

  @Benchmark
  public Object readStructure() throws FrameRejectedException {
    return ImageHeader.read(frame.image(), ImageFormat.DECODABLE);
  }

  @Benchmark
  public byte[] encodeJpeg() {
    return encoder.encode(pixels, width, width * 3 / 4);
  }
}
