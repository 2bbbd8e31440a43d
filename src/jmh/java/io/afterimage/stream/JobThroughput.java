package io.afterimage.stream;

import io.afterimage.local.EmbeddedKafka;
import io.afterimage.stream.kafka.KafkaEnds;
import io.afterimage.stream.option.FlinkSettings;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.train.Learner;
import io.afterimage.train.LearnerSettings;
import io.afterimage.train.StepPhases;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.Encoder;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.Parameter;
import io.afterimage.train.negatives.NegativeStrategies;
import io.afterimage.train.optimize.Optimizer;
import io.afterimage.train.optimize.OptimizerSettings;
import io.afterimage.train.prior.PriorEstimators;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The throughput of the whole job (frames/s) from a real Kafka broker in this process, with the
 * encoder's part of the training step left out and with it, and the step's share of the time.
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -Xmx2g [the module's jvm.opens] -cp target/classes:target/test-classes:$(cat target/classpath) \
 *   io.afterimage.stream.JobThroughput without-step 20000 [-Dname=value of the job ...]
 * java ... io.afterimage.stream.JobThroughput with-step 2000
 * </pre>
 *
 * <p>Frames are JPEGs of 640 x 480 pixels from 8 simulated cameras at 10 a second each. The first
 * tenth of the frames is not measured.
 */
public final class JobThroughput {
  private JobThroughput() {}

  public static void main(String[] args) throws Exception {
    boolean withStep = args[0].equals("with-step");
    int frames = Integer.parseInt(args[1]);
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      kafka.createTopic("frames", 1);
      kafka.createTopic("frames.rejected", 1);
      kafka.createTopic("training", 1);
      long bytes = fill(kafka, frames);
      Configuration options = options(kafka, args);
      Meter.warmUpFrames = frames / 10;
      run(options, withStep ? Learner::new : NoEncoder::learner);
      Meter.print(args[0], bytes / frames);
    }
    System.exit(0); // Nothing below waits for a thread that a library left.
  }

  private static void run(
      Configuration options, SerializableFunction<LearnerSettings, Learner> newLearner)
      throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
    FlinkSettings.configure(environment, options);
    new AfterimagePipeline(
            KafkaEnds.frames(options),
            KafkaEnds.rejections(options),
            new Meter(),
            KafkaEnds.embeddings(options),
            options,
            newLearner)
        .build(environment);
    environment.execute("throughput");
  }

  private static Configuration options(EmbeddedKafka kafka, String[] args) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.put("kafka.bounded", "true");
    options.put("checkpoint.interval", "0 ms");
    options.put("embeddings.enabled", "false");
    for (int i = 2; i < args.length; i++) {
      String[] option = args[i].substring("-D".length()).split("=", 2);
      options.put(option[0], option[1]);
    }
    return OptionsReader.read(null, options);
  }

  private static long fill(EmbeddedKafka kafka, int frames) {
    CameraPictures pictures = new CameraPictures();
    long start = System.currentTimeMillis() - CameraPictures.time(frames);
    long bytes = 0;
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < frames; i++) {
        byte[] picture = pictures.picture(i);
        long time = start + CameraPictures.time(i);
        producer.send(new ProducerRecord<>("frames", 0, time, CameraPictures.key(i), picture));
        bytes += picture.length;
      }
    }
    return bytes;
  }

  /** Measures where reports leave the job. */
  private static final class Meter implements Sink<StepReport> {
    private static final long serialVersionUID = 1L;

    private static long warmUpFrames;
    private static long firstNanos;
    private static long firstFrames;
    private static long lastNanos;
    private static long lastFrames;
    private static long batches;
    private static long stepNanos;

    static void print(String mode, long bytesPerFrame) {
      double seconds = (lastNanos - firstNanos) / 1e9;
      System.out.printf(
          "%s: %.0f frames/s and %.1f mini-batches/s over %.1f s, %d bytes a frame%n",
          mode, (lastFrames - firstFrames) / seconds, batches / seconds, seconds, bytesPerFrame);
      System.out.printf(
          "step: %.1f ms, %.1f %% of the time%n",
          stepNanos / 1e6 / batches, 100 * stepNanos / 1e9 / seconds);
    }

    @Override
    public SinkWriter<StepReport> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(StepReport report, Context written) {
          add(report);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }

    private static void add(StepReport report) {
      if (report.framesSeen() <= warmUpFrames) {
        return;
      }
      lastNanos = System.nanoTime();
      lastFrames = report.framesSeen();
      if (firstNanos == 0) {
        firstNanos = lastNanos;
        firstFrames = lastFrames;
        return;
      }
      batches++;
      StepPhases phases = report.phases();
      stepNanos += phases.forward() + phases.loss() + phases.backward() + phases.update();
    }
  }

  /** An encoder that computes nothing: the step is left out but for the loss. */
  private record NoEncoder(EncoderSettings settings, int frames) implements Encoder {
    static Learner learner(LearnerSettings settings) {
      return new Learner(
          settings,
          new NoEncoder(settings.encoder(), settings.groups() * settings.views()),
          PriorEstimators.create(settings.prior()),
          NegativeStrategies.create(settings.negatives()));
    }

    @Override
    public void forward(byte[] pixels, float[] projections) {
      for (int i = 0; i < projections.length; i++) {
        projections[i] = (i * 31 + pixels[i]) % 17;
      }
    }

    @Override
    public void backward(float[] gradient) {}

    @Override
    public void updateAverages() {}

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public float[] read(String name) {
      throw new UnsupportedOperationException("there is no parameter");
    }

    @Override
    public void write(String name, float[] values) {
      throw new UnsupportedOperationException("there is no parameter");
    }

    @Override
    public float[] readGradient(String name) {
      throw new UnsupportedOperationException("there is no parameter");
    }

    @Override
    public Optimizer optimizer(OptimizerSettings optimizer) {
      return new NoOptimizer();
    }

    @Override
    public void close() {}
  }

  private record NoOptimizer() implements Optimizer {
    @Override
    public double gradientNorm() {
      return 0;
    }

    @Override
    public void update(double gradientNorm) {}

    @Override
    public double learningRate() {
      return 0;
    }

    @Override
    public long updates() {
      return 0;
    }

    @Override
    public void write(DataOutput out) {
      throw new UnsupportedOperationException("measured without checkpoints");
    }

    @Override
    public void read(DataInput in) {
      throw new UnsupportedOperationException("measured without checkpoints");
    }

    @Override
    public void close() {}
  }
}
