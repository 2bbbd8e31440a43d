package io.afterimage.stream;

import io.afterimage.local.EmbeddedKafka;
import io.afterimage.stream.kafka.KafkaEnds;
import io.afterimage.stream.option.FlinkSettings;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.train.LearnerSettings;
import io.afterimage.train.MiniBatch;
import io.afterimage.train.StepPhases;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * How many frames a second the whole job takes from a real Kafka broker in this process, with the
 * training step left out and with it, and the step's share of the time.
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
      run(options, withStep ? Meter::withStep : Meter::withoutStep);
      Meter.print(args[0], bytes / frames);
    }
    System.exit(0); // Nothing below waits for a thread that a library left.
  }

  private static void run(Configuration options, TrainingLoop.Factory learner) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
    FlinkSettings.configure(environment, options);
    new AfterimagePipeline(
            KafkaEnds.frames(options),
            KafkaEnds.rejections(options),
            KafkaEnds.reports(options),
            KafkaEnds.embeddings(options),
            options,
            learner)
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

  /** Measures at the learner's door; behind it is the real learner, or nothing. */
  private static final class Meter implements TrainingLoop {
    private static long warmUpFrames;
    private static long firstNanos;
    private static long firstFrames;
    private static long lastNanos;
    private static long lastFrames;
    private static long batches;
    private static long stepNanos;
    private static long steps;

    private final @Nullable LearnerLoop learner;

    private Meter(@Nullable LearnerLoop learner) {
      this.learner = learner;
    }

    static TrainingLoop withStep(LearnerSettings settings) {
      return new Meter(new LearnerLoop(settings));
    }

    static TrainingLoop withoutStep(LearnerSettings settings) {
      return new Meter(null);
    }

    static void print(String mode, long bytesPerFrame) {
      double seconds = (lastNanos - firstNanos) / 1e9;
      System.out.printf(
          "%s: %.0f frames/s and %.1f mini-batches/s over %.1f s, %d bytes a frame%n",
          mode, (lastFrames - firstFrames) / seconds, batches / seconds, seconds, bytesPerFrame);
      if (steps > 0) {
        System.out.printf(
            "step: %.1f ms, %.1f %% of the time%n",
            stepNanos / 1e6 / steps, 100 * stepNanos / 1e9 / seconds);
      }
    }

    @Override
    public List<StepReport> submit(MiniBatch batch) throws InterruptedException {
      List<StepReport> reports = learner == null ? List.of() : learner.submit(batch);
      if (batch.framesSeen() > warmUpFrames) {
        lastNanos = System.nanoTime();
        lastFrames = batch.framesSeen();
        if (firstNanos == 0) {
          firstNanos = lastNanos;
          firstFrames = lastFrames;
        } else {
          batches++;
          reports.forEach(Meter::add);
        }
      }
      return reports;
    }

    private static void add(StepReport report) {
      StepPhases phases = report.phases();
      stepNanos += phases.forward() + phases.loss() + phases.backward() + phases.update();
      steps++;
    }

    @Override
    public List<StepReport> drain() throws InterruptedException {
      return learner == null ? List.of() : learner.drain();
    }

    @Override
    public long step() {
      return learner == null ? 0 : learner.step();
    }

    @Override
    public void write(DataOutput out) throws IOException {
      throw new UnsupportedOperationException("measured without checkpoints");
    }

    @Override
    public void read(DataInput in) throws IOException {
      throw new UnsupportedOperationException("measured without checkpoints");
    }

    @Override
    public EncoderSnapshot snapshot() {
      throw new UnsupportedOperationException("measured without snapshots");
    }

    @Override
    public void close() {
      if (learner != null) {
        learner.close();
      }
    }
  }
}
