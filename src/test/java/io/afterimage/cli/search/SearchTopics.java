package io.afterimage.cli.search;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.frame.FrameDecoderSettings;
import io.afterimage.frame.JpegEncoder;
import io.afterimage.lab.simulation.SimulatedCamera;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.lab.simulation.SimulationSettings;
import io.afterimage.local.EmbeddedKafka;
import io.afterimage.model.Encoders;
import io.afterimage.model.LocalFiles;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.model.SnapshotRegistry;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.wire.EncoderId;
import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with the frames of some cameras and their embeddings, by two encoders. */
final class SearchTopics implements AutoCloseable {
  static final EncoderSettings ENCODER =
      new EncoderSettings("resnet-s", 8, 1, 16, Normalization.GROUP, 16);
  static final EncoderSnapshot FIRST = Encoders.snapshot(ENCODER, 100, 1);
  static final EncoderSnapshot SECOND = Encoders.snapshot(ENCODER, 200, 2);
  static final int CAMERAS = 3;
  private static final int FRAMES_PER_CAMERA = 60;

  /** From this frame of each camera on, the second encoder embeds. */
  static final int SECOND_FROM = 20;

  private static final long START = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();

  private final EmbeddedKafka kafka = EmbeddedKafka.start();
  private final Path snapshots;
  private final List<Published> frames;

  /** A frame as it lies in the topic. */
  record Published(String camera, long time, byte[] jpeg, int partition, long offset) {}

  /**
   * @param directory where the encoders' snapshots are published
   */
  SearchTopics(Path directory) throws Exception {
    snapshots = directory.resolve("snapshots");
    SnapshotRegistry registry = new SnapshotRegistry(new LocalFiles(), snapshots.toString());
    registry.publish(FIRST, Map.of());
    registry.publish(SECOND, Map.of());
    Map<String, String> anyTime =
        Map.of(
            "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE), "retention.ms", "-1");
    kafka.createTopic("frames", 2, anyTime);
    kafka.createTopic("embeddings", 2, anyTime);
    frames = publishFrames();
    publishEmbeddings("embeddings", frames);
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  Path snapshots() {
    return snapshots;
  }

  /** The records of the topic {@code frames}. */
  List<Published> frames() {
    return frames;
  }

  private List<Published> publishFrames() throws Exception {
    SimulationSettings settings =
        new SimulationSettings(5, CAMERAS, 96, 72, 5, 4, new double[] {0.5, 0.5}, 0);
    List<SimulatedCamera> cameras = Simulation.procedural(settings).cameras();
    List<Published> published = new ArrayList<>();
    try (JpegEncoder encoder = new JpegEncoder(90);
        KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int frame = 0; frame < FRAMES_PER_CAMERA; frame++) {
        for (SimulatedCamera camera : cameras) {
          long time = frame * 700L;
          byte[] jpeg = encoder.encode(camera.render(time), 96, 72);
          published.add(publish("frames", camera.id(), START + time, jpeg, producer));
        }
      }
    }
    return published;
  }

  Published publish(
      String topic, String camera, long time, byte[] jpeg, KafkaProducer<byte[], byte[]> producer)
      throws Exception {
    RecordMetadata place =
        producer.send(new ProducerRecord<>(topic, null, time, utf8(camera), jpeg)).get();
    return new Published(camera, time, jpeg, place.partition(), place.offset());
  }

  void publishEmbeddings(String topic, List<Published> of) throws Exception {
    try (SnapshotEncoder first = new SnapshotEncoder(FIRST);
        SnapshotEncoder second = new SnapshotEncoder(SECOND);
        FrameDecoder decoder =
            new FrameDecoder(new FrameDecoderSettings(16, 1 << 20, 1, 1_000_000));
        KafkaProducer<byte[], byte[]> producer = producer()) {
      for (Published each : of) {
        boolean early = each.time() < START + SECOND_FROM * 700L;
        byte[] pixels =
            decoder
                .decode(new EncodedFrame(each.camera(), each.time(), each.jpeg(), 0, 0))
                .pixels();
        FrameEmbedding embedding =
            new FrameEmbedding(
                each.camera(),
                each.time(),
                id(early ? FIRST : SECOND),
                (early ? FIRST : SECOND).step(),
                each.partition(),
                each.offset(),
                (early ? first : second).embed(pixels, 1));
        producer
            .send(
                new ProducerRecord<>(
                    topic,
                    FrameEmbeddingCodec.key(embedding),
                    FrameEmbeddingCodec.encode(embedding)))
            .get();
      }
    }
  }

  static long id(EncoderSnapshot snapshot) {
    return EncoderId.of(EncoderSnapshotCodec.encode(snapshot));
  }

  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 0),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    kafka.close();
  }
}
