package io.afterimage.model;

import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands beside a snapshot's weights, so that one can choose among snapshots without reading
 * them.
 *
 * @param version the snapshot's name in its registry, never given twice
 * @param step the last step that the encoder learned from
 * @param published when it was published
 * @param encoder what the encoder is built from
 * @param metrics how the learner stood at that step, by name; finite values only
 * @param weightsFile the file with the snapshot in the form of {@link EncoderSnapshotCodec}
 * @param weightsBytes its length
 * @param weightsSha256 its SHA-256 (64 hexadecimal digits)
 */
public record SnapshotManifest(
    String version,
    long step,
    Instant published,
    EncoderSettings encoder,
    Map<String, Double> metrics,
    String weightsFile,
    long weightsBytes,
    String weightsSha256) {
  public SnapshotManifest {
    Map<String, Double> finite = new LinkedHashMap<>();
    metrics.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            finite.put(name, value);
          }
        });
    metrics = Collections.unmodifiableMap(finite);
  }
}
