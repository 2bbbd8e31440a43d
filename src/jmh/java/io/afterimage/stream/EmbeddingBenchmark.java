package io.afterimage.stream;

import io.afterimage.frame.Frame;
import io.afterimage.local.EmbeddedKafka;
import io.afterimage.stream.kafka.KafkaEnds;
import io.afterimage.stream.option.EmbeddingsOptions;
import io.afterimage.stream.option.EncoderOptions;
import io.afterimage.stream.option.FlinkSettings;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.stream.record.LocatedFrame;
import io.afterimage.train.encoder.Backend;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.encoder.ResNetS;
import io.afterimage.wire.FrameEmbedding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The cost of embedding: frames per second of the embedding operator on one core beside those of
 * the bare encoder, and the time from Kafka in to Kafka out of the whole job.
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -Xmx2g [the module's jvm.opens] -cp target/classes:target/test-classes:$(cat target/classpath) \
 *   io.afterimage.stream.EmbeddingBenchmark stage 9
 * java ... io.afterimage.stream.EmbeddingBenchmark load 3000 [-Dname=value of the job ...]
 * java ... io.afterimage.stream.EmbeddingBenchmark latency 100 60 [-Dname=value of the job ...]
 * </pre>
 *
 * <p>{@code stage ROUNDS} runs the two in turn, 1024 frames each, both with one native thread.
 * {@code load FRAMES} publishes so many frames at once and says how many a second come out as
 * embeddings. {@code latency RATE SECONDS} publishes so many frames a second (frames/s) and says
 * how long after its publication each frame's embedding could be read. The first third is not
 * counted in either. Frames are JPEGs of 640 x 480 pixels from 8 simulated cameras; the job learns
 * meanwhile.
 */
public final class EmbeddingBenchmark {
  private static final int STAGE_FRAMES = 1024;

  private EmbeddingBenchmark() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "stage" -> stage(Integer.parseInt(args[1]));
      case "load" -> load(Integer.parseInt(args[1]), args);
      case "latency" -> latency(Integer.parseInt(args[1]), Integer.parseInt(args[2]), args);
      default -> throw new IllegalArgumentException("stage, load or latency, but was " + args[0]);
    }
    System.exit(0); // Nothing below waits for a thread that a library left.
  }

  private static void stage(int rounds) throws Exception {
    Configuration options = OptionsReader.read(null, Map.of());
    int batch = options.get(EmbeddingsOptions.BATCH_SIZE);
    EncoderSettings settings = EncoderOptions.settings(options);
    Backend.useThreads(1);
    double[] bare = new double[rounds];
    double[] operator = new double[rounds];
    try (ResNetS encoder = ResNetS.forTraining(settings, 2, 1);
        ResNetS inference = ResNetS.forInference(settings, batch)) {
      TwoInputStreamOperatorTestHarness<LocatedFrame, byte[], FrameEmbedding> harness =
          new TwoInputStreamOperatorTestHarness<>(new EmbedOperator(options));
      EncoderSnapshot snapshot = EncoderSnapshot.of(encoder, 0);
      snapshot.restore(inference);
      harness.setup();
      harness.open();
      harness.processElement2(new StreamRecord<>(EncoderSnapshotCodec.encode(snapshot)));
      List<LocatedFrame> frames = noise(settings.frameSize());
      byte[] pixels = new byte[batch * Frame.bytes(settings.frameSize())];
      new Random(1).nextBytes(pixels);
      float[] projections = new float[batch * settings.embeddingSize()];
      for (int round = -1; round < rounds; round++) {
        double bareRate = bareRate(inference, pixels, projections, batch);
        double operatorRate = operatorRate(harness, frames);
        if (round >= 0) {
          bare[round] = bareRate;
          operator[round] = operatorRate;
        }
      }
      harness.close();
    }
    double[] ratios = new double[rounds];
    Arrays.setAll(ratios, i -> operator[i] / bare[i]);
    System.out.printf(
        "bare encoder %.0f frames/s, embedding operator %.0f frames/s, ratio %.3f [%.3f, %.3f]"
            + " (medians and range of %d rounds)%n",
        quantile(bare, 0.5),
        quantile(operator, 0.5),
        quantile(ratios, 0.5),
        quantile(ratios, 0),
        quantile(ratios, 1),
        rounds);
  }

  private static double bareRate(ResNetS encoder, byte[] pixels, float[] projections, int batch) {
    long start = System.nanoTime();
    for (int done = 0; done < STAGE_FRAMES; done += batch) {
      encoder.forward(pixels, projections);
    }
    return STAGE_FRAMES * 1e9 / (System.nanoTime() - start);
  }

  private static double operatorRate(
      TwoInputStreamOperatorTestHarness<LocatedFrame, byte[], FrameEmbedding> harness,
      List<LocatedFrame> frames)
      throws Exception {
    long start = System.nanoTime();
    for (LocatedFrame frame : frames) {
      harness.processElement1(new StreamRecord<>(frame));
    }
    double rate = STAGE_FRAMES * 1e9 / (System.nanoTime() - start);
    harness.getOutput().clear();
    return rate;
  }

  private static List<LocatedFrame> noise(int size) {
    Random random = new Random(2);
    List<LocatedFrame> frames = new ArrayList<>();
    for (int i = 0; i < STAGE_FRAMES; i++) {
      byte[] pixels = new byte[Frame.bytes(size)];
      random.nextBytes(pixels);
      frames.add(
          new LocatedFrame(
              new Frame("camera-" + i % CameraPictures.CAMERAS, i, size, pixels), 0, i));
    }
    return frames;
  }

  private static void load(int frames, String[] args) throws Exception {
    Outlet outlet = run(frames, 0, Arrays.copyOfRange(args, 2, args.length));
    int first = frames / 3;
    double seconds = (outlet.readMillis(frames - 1) - outlet.readMillis(first)) / 1e3;
    System.out.printf(
        "load: %.0f frames/s embedded over %.1f s%n", (frames - 1 - first) / seconds, seconds);
  }

  private static void latency(int rate, int seconds, String[] args) throws Exception {
    int frames = rate * seconds;
    Outlet outlet = run(frames, rate, Arrays.copyOfRange(args, 3, args.length));
    double[] millis = outlet.latencies(frames / 3);
    System.out.printf(
        "latency at %d frames/s: median %.0f ms, 99th percentile %.0f ms, longest %.0f ms of %d"
            + " frames%n",
        rate, quantile(millis, 0.5), quantile(millis, 0.99), quantile(millis, 1), millis.length);
  }

  /**
   * @param rate frames published a second; 0 for all at once
   */
  private static Outlet run(int frames, int rate, String[] given) throws Exception {
    CameraPictures pictures = new CameraPictures();
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      for (String topic : List.of("frames", "frames.rejected", "training", "embeddings")) {
        kafka.createTopic(topic, 1);
      }
      Configuration options = options(kafka, given);
      StreamExecutionEnvironment environment =
          StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
      FlinkSettings.configure(environment, options);
      KafkaEnds.pipeline(options).build(environment);
      JobClient job = environment.executeAsync("embeddings");
      Outlet outlet = new Outlet(kafka.bootstrapServers(), frames);
      Thread reader = new Thread(outlet, "outlet");
      reader.start();
      publish(kafka, pictures, frames, rate, outlet);
      reader.join();
      job.cancel().get();
      return outlet;
    }
  }

  private static void publish(
      EmbeddedKafka kafka, CameraPictures pictures, int frames, int rate, Outlet outlet)
      throws InterruptedException {
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    long captured = System.currentTimeMillis();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      long start = System.nanoTime();
      for (int i = 0; i < frames; i++) {
        if (rate > 0) {
          long wait = start + i * 1_000_000_000L / rate - System.nanoTime();
          if (wait > 0) {
            Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
          }
        }
        outlet.published(i);
        producer.send(
            new ProducerRecord<>(
                "frames",
                0,
                captured + CameraPictures.time(i),
                CameraPictures.key(i),
                pictures.picture(i)));
      }
    }
  }

  /** When each frame was published and its embedding could be read, by its offset. */
  private static final class Outlet implements Runnable {
    private final String servers;
    private final long[] published;
    private final long[] read;

    Outlet(String servers, int frames) {
      this.servers = servers;
      published = new long[frames];
      read = new long[frames];
    }

    void published(int frame) {
      published[frame] = System.currentTimeMillis();
    }

    long readMillis(int frame) {
      return read[frame];
    }

    double[] latencies(int from) {
      double[] millis = new double[read.length - from];
      Arrays.setAll(millis, i -> read[from + i] - published[from + i]);
      return millis;
    }

    @Override
    public void run() {
      TopicPartition partition = new TopicPartition("embeddings", 0);
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(
              Map.of("bootstrap.servers", servers),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer())) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        // One camera's frames come in order, and so do all of them with one subtask.
        int next = 0;
        while (next < read.length) {
          for (ConsumerRecord<byte[], byte[]> ignored : consumer.poll(Duration.ofMillis(100))) {
            read[next++] = System.currentTimeMillis();
          }
        }
      }
    }
  }

  private static Configuration options(EmbeddedKafka kafka, String[] given) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.put("kafka.start", "earliest");
    options.put("checkpoint.interval", "0 ms");
    for (String each : given) {
      String[] option = each.substring("-D".length()).split("=", 2);
      options.put(option[0], option[1]);
    }
    return OptionsReader.read(null, options);
  }

  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
