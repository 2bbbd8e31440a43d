package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.stream.TestTopics.Message;
import io.afterimage.stream.option.EncoderOptions;
import io.afterimage.stream.option.FrameOptions;
import io.afterimage.stream.option.LearnerOptions;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.encoder.ResNetS;
import io.afterimage.wire.EncoderId;
import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The embeddings that a run published for a topic of one partition. */
final class PublishedEmbeddings {
  private final List<FrameEmbedding> embeddings = new ArrayList<>();
  private final List<Message> frames;

  PublishedEmbeddings(List<ConsumerRecord<byte[], byte[]>> records, List<Message> frames)
      throws IOException {
    this.frames = frames;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      FrameEmbedding embedding = FrameEmbeddingCodec.decode(record.key(), record.value());
      assertThat(record.timestamp()).isEqualTo(embedding.captureMillis());
      embeddings.add(embedding);
    }
  }

  /** Every frame, or every one from an offset on; each embedding says which one it is of. */
  void assertEveryFrame() {
    Set<Long> offsets = new HashSet<>();
    for (FrameEmbedding embedding : embeddings) {
      Message frame = frames.get((int) embedding.offset());
      assertThat(embedding.partition()).isZero();
      assertThat(embedding.camera()).isEqualTo(new String(frame.key(), StandardCharsets.UTF_8));
      assertThat(embedding.captureMillis()).isEqualTo(frame.timestamp());
      offsets.add(embedding.offset());
    }
    assertThat(offsets).hasSameSizeAs(frames);
  }

  void assertEachOnce() {
    assertThat(embeddings).extracting(FrameEmbedding::offset).doesNotHaveDuplicates();
  }

  /** Of each camera by themselves, since only they share a subtask. */
  void assertInTheOrderOfTheFrames() {
    Map<String, Long> newest = new HashMap<>();
    for (FrameEmbedding embedding : embeddings) {
      Long before = newest.put(embedding.camera(), embedding.offset());
      assertThat(embedding.offset()).isGreaterThan(before == null ? -1 : before);
    }
  }

  /**
   * Each is what its encoder gives by itself.
   *
   * @param snapshots where all encoders lie that were in use after the first step
   */
  void assertBareInference(Path snapshots, Configuration options) throws IOException {
    Map<Long, EncoderSnapshot> encoders = new HashMap<>();
    EncoderSnapshot untrained = untrained(options);
    encoders.put(EncoderId.of(EncoderSnapshotCodec.encode(untrained)), untrained);
    try (Stream<Path> files = Files.walk(snapshots)) {
      for (Path file : files.filter(f -> f.getFileName().toString().endsWith(".afim")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        encoders.put(EncoderId.of(bytes), EncoderSnapshotCodec.decode(bytes));
      }
    }
    Set<Long> used = new HashSet<>();
    try (FrameDecoder decoder = new FrameDecoder(FrameOptions.settings(options));
        SnapshotEncoder encoder = new SnapshotEncoder(untrained)) {
      for (FrameEmbedding embedding : embeddings) {
        EncoderSnapshot snapshot = encoders.get(embedding.encoderId());
        assertThat(snapshot).as("encoder of step %d", embedding.step()).isNotNull();
        assertThat(embedding.step()).isEqualTo(snapshot.step());
        used.add(embedding.encoderId());
        encoder.load(snapshot);
        assertThat(embedding.vector())
            .containsExactly(encoder.embed(pixels(embedding, decoder), 1), within(1e-5f));
      }
    }
    assertThat(used).hasSizeGreaterThan(2);
  }

  private byte[] pixels(FrameEmbedding embedding, FrameDecoder decoder) {
    Message frame = frames.get((int) embedding.offset());
    EncodedFrame encoded =
        new EncodedFrame(
            embedding.camera(), frame.timestamp(), frame.value(), 0, embedding.offset());
    try {
      return decoder.decode(encoded).pixels();
    } catch (Exception e) {
      throw new AssertionError("frame %d is none".formatted(embedding.offset()), e);
    }
  }

  private static EncoderSnapshot untrained(Configuration options) {
    try (ResNetS encoder =
        ResNetS.forTraining(
            EncoderOptions.settings(options), 2, options.get(LearnerOptions.SEED))) {
      return EncoderSnapshot.of(encoder, 0);
    }
  }
}
