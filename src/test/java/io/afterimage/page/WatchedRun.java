package io.afterimage.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterimage.frame.JpegEncoder;
import io.afterimage.lab.simulation.SimulatedCamera;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.lab.simulation.SimulationSettings;
import io.afterimage.local.EmbeddedKafka;
import io.afterimage.train.StepPhases;
import io.afterimage.train.StepReport;
import io.afterimage.train.prior.PriorEstimate;
import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A run as its topics show it: pictures of simulated cameras, reports whose loss falls, embeddings
 * of an untrained encoder (one for each camera) and of a trained one (one for each class).
 */
final class WatchedRun implements AutoCloseable {
  static final PageSettings.Topics TOPICS =
      new PageSettings.Topics("frames", "frames.rejected", "training", "embeddings");
  static final long UNTRAINED = 0x1111L;
  static final long TRAINED = 0x2222L;
  static final int CAMERAS = 3;
  static final int CLASSES = 3;
  static final long START_MILLIS = 1_700_000_000_000L;
  private static final int DIMENSION = 16;

  private final EmbeddedKafka kafka = EmbeddedKafka.start();
  private final KafkaProducer<byte[], byte[]> producer;
  private final Simulation simulation =
      Simulation.procedural(SimulationSettings.balanced(7, CAMERAS, CLASSES));
  private final SplittableRandom random = new SplittableRandom(11);

  WatchedRun() {
    producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  PageSettings settings() {
    return settings(TOPICS);
  }

  PageSettings settings(PageSettings.Topics topics) {
    return new PageSettings(
        "a watched run", kafka.bootstrapServers(), Map.of(), topics, null, "localhost", 0);
  }

  void createTopics() {
    for (String topic :
        List.of(TOPICS.frames(), TOPICS.rejected(), TOPICS.training(), TOPICS.embeddings())) {
      kafka.createTopic(topic, 1, Map.of("retention.ms", "-1"));
    }
  }

  /** The simulation's facts about itself. */
  RunKnowledge knowledge(@Nullable FrameEmbedder untrained) {
    return new RunKnowledge() {
      @Override
      public @Nullable Double classPrior() {
        return simulation.truePrior();
      }

      @Override
      public OptionalInt objectClass(String camera, long captureMillis) {
        return OptionalInt.of(classAt(camera, captureMillis));
      }

      @Override
      public @Nullable Double untrainedAccuracy() {
        return 0.35;
      }

      @Override
      public List<ProbeResult> probes() {
        return List.of(new ProbeResult(50, 0.41), new ProbeResult(100, 0.52));
      }

      @Override
      public @Nullable FrameEmbedder untrained() {
        return untrained;
      }
    };
  }

  private int classAt(String camera, long captureMillis) {
    // A thread of its own has cameras of its own.
    for (SimulatedCamera one : Simulation.procedural(simulation.settings()).cameras()) {
      if (one.id().equals(camera)) {
        return one.truth(captureMillis - START_MILLIS).objectClass();
      }
    }
    throw new IllegalArgumentException("there is no camera " + camera);
  }

  /** Steps in a range, both ends included. */
  void publishReports(int from, int to) throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (int step = from; step <= to; step++) {
      byte[] key = Integer.toString(step).getBytes(StandardCharsets.US_ASCII);
      producer.send(
          new ProducerRecord<>(TOPICS.training(), key, json.writeValueAsBytes(report(step))));
    }
    producer.flush();
  }

  static StepReport report(long step) {
    int[] positive = new int[40];
    int[] negative = new int[40];
    for (int i = 0; i < 40; i++) {
      positive[i] = Math.max(0, 20 - Math.abs(i - 36) * 4);
      negative[i] = Math.max(0, 60 - Math.abs(i - 24) * 6);
    }
    return new StepReport(
        step,
        4 - step * 0.01,
        new PriorEstimate(
            PriorEstimate.Meaning.EFFECTIVE_PRIOR,
            step < 60 ? 0.05 : 0.12,
            step < 60 ? 0.0 : 0.1,
            step < 60 ? 0.5 : 0.14,
            step >= 60),
        0.02,
        0.85,
        0.2,
        positive,
        negative,
        1.5,
        0.6,
        0.001,
        false,
        step * 60,
        step * 8,
        0.5,
        20_000,
        new StepPhases(
            1_000_000, 2_000_000, 5_000_000, 30_000_000, 2_000_000, 60_000_000, 1_000_000));
  }

  /**
   * Pictures of all cameras, two seconds of their time apart, and the embedding of each by an
   * encoder.
   *
   * @return the frames' embeddings, in the order of the topic
   */
  List<FrameEmbedding> publishFrames(int each, long encoderId, long step) throws Exception {
    List<FrameEmbedding> embeddings = new ArrayList<>();
    long first = kafka.records(TOPICS.frames()) / CAMERAS;
    try (JpegEncoder jpeg = new JpegEncoder(90)) {
      for (long number = first; number < first + each; number++) {
        for (SimulatedCamera camera : simulation.cameras()) {
          long time = number * 2000;
          byte[] image =
              jpeg.encode(
                  camera.render(time),
                  simulation.settings().width(),
                  simulation.settings().height());
          long offset =
              producer
                  .send(
                      new ProducerRecord<>(
                          TOPICS.frames(),
                          null,
                          START_MILLIS + time,
                          camera.id().getBytes(StandardCharsets.UTF_8),
                          image))
                  .get()
                  .offset();
          int group =
              encoderId == TRAINED
                  ? camera.truth(time).objectClass()
                  : CLASSES + simulation.cameras().indexOf(camera);
          embeddings.add(
              new FrameEmbedding(
                  camera.id(), START_MILLIS + time, encoderId, step, 0, offset, vectorNear(group)));
        }
      }
    }
    for (FrameEmbedding embedding : embeddings) {
      producer.send(
          new ProducerRecord<>(
              TOPICS.embeddings(),
              null,
              embedding.captureMillis(),
              FrameEmbeddingCodec.key(embedding),
              FrameEmbeddingCodec.encode(embedding)));
    }
    producer.flush();
    return embeddings;
  }

  /** One frame of each of some cameras, in another topic. */
  void publishCameras(String topic, List<String> cameras) throws Exception {
    try (JpegEncoder jpeg = new JpegEncoder(80)) {
      byte[] image =
          jpeg.encode(
              simulation.cameras().get(0).render(0),
              simulation.settings().width(),
              simulation.settings().height());
      for (String camera : cameras) {
        producer.send(
            new ProducerRecord<>(
                topic, null, START_MILLIS, camera.getBytes(StandardCharsets.UTF_8), image));
      }
    }
    producer.flush();
  }

  private float[] vectorNear(int axis) {
    float[] vector = new float[DIMENSION];
    double square = 0;
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) ((i == axis ? 1 : 0) + 0.15 * (random.nextDouble() - 0.5));
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }

  /** A record that was no usable frame, as the job writes it. */
  void publishRejection(String camera, String reason, String detail) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            TOPICS.rejected(), camera.getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});
    letter.headers().add("reason", reason.getBytes(StandardCharsets.UTF_8));
    letter.headers().add("detail", detail.getBytes(StandardCharsets.UTF_8));
    letter.headers().add("camera", camera.getBytes(StandardCharsets.UTF_8));
    letter.headers().add("partition", "0".getBytes(StandardCharsets.UTF_8));
    letter.headers().add("offset", "17".getBytes(StandardCharsets.UTF_8));
    producer.send(letter);
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
    kafka.close();
  }
}
