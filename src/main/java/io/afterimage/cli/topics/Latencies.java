package io.afterimage.cli.topics;

import io.afterimage.terminal.Escapes;
import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Times from the capture of frames to their embeddings in a topic, by camera. */
final class Latencies {
  private final long from;
  private final long to;
  private final Map<String, List<Long>> byCamera = new TreeMap<>();

  /**
   * @param from first capture time that counts (milliseconds since 1970, UTC)
   * @param to first later capture time that does not count
   */
  Latencies(long from, long to) {
    this.from = from;
    this.to = to;
  }

  /** Adds a record of the topic of embeddings, whose timestamps must be the time of writing. */
  void add(ConsumerRecord<byte[], byte[]> record) {
    if (record.timestampType() != TimestampType.LOG_APPEND_TIME) {
      throw new IllegalStateException(record.topic() + " does not record the time of writing");
    }
    FrameEmbedding embedding;
    try {
      embedding = FrameEmbeddingCodec.decode(record.key(), record.value());
    } catch (IOException e) {
      throw new IllegalStateException("no embedding at offset " + record.offset(), e);
    }
    if (embedding.captureMillis() >= from && embedding.captureMillis() < to) {
      byCamera
          .computeIfAbsent(embedding.camera(), camera -> new ArrayList<>())
          .add(record.timestamp() - embedding.captureMillis());
    }
  }

  /** One line per camera: id, count, median and 99th percentile (milliseconds). */
  String lines() {
    StringBuilder lines = new StringBuilder();
    byCamera.forEach(
        (camera, latencies) -> {
          latencies.sort(null);
          lines.append(
              "%s %d %d %d%n"
                  .formatted(
                      Escapes.shown(camera),
                      latencies.size(),
                      latencies.get(latencies.size() / 2),
                      latencies.get(latencies.size() * 99 / 100)));
        });
    return lines.toString();
  }
}
